import { gzipSync } from 'node:zlib';
import sgMail from '@sendgrid/mail';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, mailTo, SENDER, startTestSandbox, type TestSandbox } from './testing';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const list = async (): Promise<{ total: number; messages: Record<string, unknown>[] }> =>
  (await sandbox.json('/mailbox/api/messages')) as { total: number; messages: Record<string, unknown>[] };

describe('POST /v3/mail/send', () => {
  it('answers 202 with an empty body, a message id and the rate limit', async () => {
    const answer = await sandbox.send(mailTo(['ana@example.com']));
    expect(answer.status).toBe(202);
    expect(await answer.text()).toBe('');
    expect(answer.headers.get('x-message-id')).toMatch(/^[\w-]{22}$/);
    expect(Number(answer.headers.get('x-ratelimit-remaining'))).toBe(
      Number(answer.headers.get('x-ratelimit-limit')) - 1,
    );
    expect(Number(answer.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 - 1);
    expect((await list()).messages[0]).toMatchObject({
      to: 'ana@example.com',
      xMessageId: answer.headers.get('x-message-id'),
      subject: 'Hello',
    });
  });

  it("refuses a missing key and a wrong one with 401 in SendGrid's words", async () => {
    const missing = await sandbox.send(mailTo(['ana@example.com']), { authorization: '' });
    expect([missing.status, await missing.json()]).toEqual([
      401,
      { errors: [{ message: 'authorization required', field: null, help: null }] },
    ]);
    const wrong = await sandbox.send(mailTo(['ana@example.com']), { authorization: 'Bearer SG.other' });
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toContain('invalid, expired, or revoked');
    expect((await list()).total).toBe(0);
  });

  it('refuses a sender nobody verified with 403', async () => {
    const answer = await sandbox.send(mailTo(['ana@example.com'], { from: { email: 'other@shop.example' } }));
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      errors: [{ field: 'from', message: expect.stringContaining('verified Sender Identity') }],
    });
  });

  it("answers 400 with SendGrid's error list", async () => {
    const answer = await sandbox.send(mailTo(['nobody']));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: 'Does not contain a valid address.',
          field: 'personalizations.0.to.0.email',
          help: 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.personalizations.to',
        },
      ],
    });
  });

  it('answers broken JSON with 400, broken UTF-8 and another type with 415, another verb with 405', async () => {
    expect((await sandbox.send('{"personalizations":')).status).toBe(400);
    expect((await sandbox.send(mailTo(['ana@example.com']), { 'content-type': 'text/plain' })).status).toBe(415);
    const send = `${sandbox.url}/sendgrid/v3/mail/send`;
    const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
    expect(
      (await fetch(send, { method: 'POST', headers, body: new Uint8Array([0x22, 0xc3, 0x28, 0x22]) })).status,
    ).toBe(415);
    expect((await fetch(send, { headers })).status).toBe(405);
  });

  it('answers more than 30 MB as the proxy does, in HTML', async () => {
    const answer = await sandbox.send(mailTo(['ana@example.com'], { padding: 'x'.repeat(31 * 1024 * 1024) }));
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain('<center>nginx</center>');
  });

  it('takes a gzip body', async () => {
    const answer = await fetch(`${sandbox.url}/sendgrid/v3/mail/send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: new Uint8Array(gzipSync(JSON.stringify(mailTo(['ana@example.com'])))),
    });
    expect(answer.status).toBe(202);
  });

  it('in sandbox mode answers 200, keeps nothing and reports nothing', async () => {
    const answer = await sandbox.send(
      mailTo(['ana@example.com'], { mail_settings: { sandbox_mode: { enable: true } } }),
    );
    expect([answer.status, answer.headers.get('x-message-id')]).toEqual([200, null]);
    await sandbox.part.settle();
    expect([(await list()).total, sandbox.app.posts.length]).toEqual([0, 0]);
  });

  it('keeps mail with a later send_at back until the business clock is there', async () => {
    const at = Math.floor(sandbox.part.state.now() / 1000) + 600;
    await sandbox.send(mailTo(['ana@example.com'], { send_at: at }));
    await sandbox.part.settle();
    expect((await list()).total).toBe(0);
    sandbox.advance(600_000);
    await sandbox.part.settle();
    expect((await list()).messages[0]).toMatchObject({ sentAt: new Date(at * 1000).toISOString() });
    expect(sandbox.app.events().map(({ event }) => event)).toEqual(['processed', 'delivered']);
  });

  it('answers 429 when a second is used up', async () => {
    const small = await startTestSandbox({ sendgrid: { requestsPerSecond: 1 } });
    const statuses = await Promise.all(
      Array.from({ length: 6 }, async () => (await small.send(mailTo(['ana@example.com']))).status),
    );
    expect(statuses).toContain(202);
    expect(statuses).toContain(429);
    await small.close();
  });
});

describe('the real @sendgrid/mail client', () => {
  const client = new (sgMail.constructor as unknown as new () => typeof sgMail)();

  beforeEach(() => {
    client.setApiKey(API_KEY);
    (client as unknown as { client: { setDefaultRequest(key: string, value: string): void } }).client.setDefaultRequest(
      'baseUrl',
      `${sandbox.url}/sendgrid`,
    );
  });

  it('sends a batch with substitutions, headers and custom arguments per recipient', async () => {
    client.setSubstitutionWrappers('', '');
    const [answer] = await client.send({
      from: { email: SENDER, name: 'The Shop' },
      replyTo: 'shop@example.com',
      subject: 'For -name-',
      text: 'Hi -name-',
      html: '<p>Hi -name-</p>',
      customArgs: { kind: 'welcome', message: 'none' },
      headers: { 'X-Shop': 'one', 'X-Both': 'message' },
      trackingSettings: { clickTracking: { enable: false }, openTracking: { enable: false } },
      personalizations: ['Ana', 'Zoë'].map((name, i) => ({
        to: [{ email: `p${i}@example.com`, name }],
        substitutions: { '-name-': name },
        customArgs: { message: `m${i}` },
        headers: { 'X-Both': `p${i}`, 'List-Unsubscribe': `<https://app.example/u/${i}>` },
      })),
    } as Parameters<typeof client.send>[0]);
    expect(answer.statusCode).toBe(202);
    const { messages } = await list();
    expect(messages.map(({ subject, html, text }) => ({ subject, html, text }))).toEqual([
      { subject: 'For Zoë', html: '<p>Hi Zoë</p>', text: 'Hi Zoë' },
      { subject: 'For Ana', html: '<p>Hi Ana</p>', text: 'Hi Ana' },
    ]);
    expect(messages[1]).toMatchObject({
      customArgs: { kind: 'welcome', message: 'm0' },
      headers: { 'X-Shop': 'one', 'X-Both': 'p0', 'List-Unsubscribe': '<https://app.example/u/0>' },
      replyTo: [{ email: 'shop@example.com' }],
    });
  });

  it("reports a refusal as the client's own error", async () => {
    const sent = client.send({ from: SENDER, to: 'nobody', subject: 'x', text: 'x' });
    await expect(sent).rejects.toMatchObject({
      code: 400,
      response: { body: { errors: [{ field: 'personalizations.0.to.0.email' }] } },
    });
  });
});
