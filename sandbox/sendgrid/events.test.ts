import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailTo, startTestSandbox, type TestSandbox } from './testing';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const faults = (change: unknown): Promise<unknown> =>
  sandbox.json('/control/api/sendgrid/faults', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
const act = (id: number, action: string, body: object = {}): Promise<unknown> =>
  sandbox.json(`/mailbox/api/messages/${id}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const kinds = (): unknown[] => sandbox.app.events().map(({ event }) => event);

describe('event webhooks', () => {
  it('are signed so that the real verifier accepts them, and only untouched', async () => {
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.part.settle();
    const [post] = sandbox.app.posts;
    const { publicKey } = (await sandbox.json('/control/api/sendgrid/webhook-key')) as { publicKey: string };
    const verifier = new EventWebhook();
    const key = verifier.convertPublicKeyToECDSA(publicKey);
    const signature = String(post?.headers[EventWebhookHeader.SIGNATURE().toLowerCase()]);
    const timestamp = String(post?.headers[EventWebhookHeader.TIMESTAMP().toLowerCase()]);
    const body = post?.body ?? '';
    expect(post?.path).toBe('/webhooks/sendgrid');
    expect(verifier.verifySignature(key, body, signature, timestamp)).toBe(true);
    expect(verifier.verifySignature(key, `${body} `, signature, timestamp)).toBe(false);
    expect(verifier.verifySignature(key, body, signature, String(Number(timestamp) + 1))).toBe(false);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('carry ids, the business time, categories and custom arguments at the top level', async () => {
    const answer = await sandbox.send(
      mailTo([], {
        personalizations: [{ to: [{ email: 'ana@example.com' }], custom_args: { message: 'm1', email: 'forged' } }],
        custom_args: { shop: 's1' },
        categories: ['welcome'],
      }),
    );
    await sandbox.part.settle();
    const id = answer.headers.get('x-message-id');
    const [processed, delivered] = sandbox.app.events();
    expect(processed).toMatchObject({
      event: 'processed',
      email: 'ana@example.com',
      timestamp: Math.floor(sandbox.part.state.now() / 1000),
      message: 'm1',
      shop: 's1',
      category: ['welcome'],
      sg_message_id: expect.stringMatching(new RegExp(`^${id}\\.recvd-`)),
    });
    expect(delivered).toMatchObject({ event: 'delivered', response: expect.stringContaining('250'), tls: 1 });
    expect(processed?.sg_event_id).not.toBe(delivered?.sg_event_id);
  });

  it('report what a person does in the mailbox', async () => {
    await sandbox.send(
      mailTo(['ana@example.com'], {
        content: [{ type: 'text/html', value: '<a href="https://shop.example/p?a=1&amp;b=2">Look</a>' }],
      }),
    );
    await act(0, 'open');
    await act(0, 'open', { machine: true });
    await act(0, 'click', { url: 'https://shop.example/p' });
    await act(0, 'spam');
    await sandbox.part.settle();
    expect(kinds()).toEqual(['processed', 'delivered', 'open', 'open', 'click', 'spamreport']);
    const [, , open, machine, click] = sandbox.app.events();
    expect(open).toMatchObject({
      sg_machine_open: false,
      useragent: expect.stringContaining('Mozilla'),
      ip: expect.any(String),
    });
    expect(machine).toMatchObject({ sg_machine_open: true });
    expect(click).toMatchObject({ url: 'https://shop.example/p?a=1&b=2', url_offset: { index: 0, type: 'html' } });
    const ids = sandbox.app.events().map(({ sg_event_id: eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are repeated until the app answers 2xx, with the same event ids', async () => {
    sandbox.app.answers.push(500, 302);
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.part.settle();
    expect(await sandbox.json('/control/api/sendgrid/idle')).toMatchObject({ idle: false, retrying: 2 });
    await sandbox.part.settle(true);
    await sandbox.part.settle(true);
    expect(sandbox.app.posts).toHaveLength(3);
    const ids = sandbox.app.posts.map(({ body }) =>
      (JSON.parse(body) as { sg_event_id: string }[]).map((event) => event.sg_event_id),
    );
    expect(ids[1]).toEqual(ids[0]);
    expect(ids[2]).toEqual(ids[0]);
    expect(await sandbox.json('/control/api/sendgrid/idle')).toMatchObject({ idle: true });
  });

  it('can be held, doubled and shuffled', async () => {
    await faults({ events: { hold: true } });
    await sandbox.send(mailTo(Array.from({ length: 50 }, (_, i) => `p${i}@example.com`)));
    await sandbox.part.settle();
    expect(await sandbox.json('/control/api/sendgrid/idle')).toMatchObject({ idle: false, queued: 100 });
    expect(sandbox.app.posts).toHaveLength(0);
    await faults({ events: { hold: false, double: true, shuffle: true } });
    await sandbox.part.settle();
    const events = sandbox.app.events();
    expect(events).toHaveLength(200);
    expect(new Set(events.map((event) => event.sg_event_id)).size).toBe(100);
    expect(events.slice(0, 100).map(({ event }) => event)).not.toEqual(
      Array.from({ length: 50 }, () => ['processed', 'delivered']).flat(),
    );
  });

  it('can be late', async () => {
    await faults({ events: { delayMs: 60_000 } });
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.part.settle();
    expect(sandbox.app.posts).toHaveLength(0);
    await faults({ events: { delayMs: 0 } });
    await sandbox.part.settle();
    expect(kinds()).toEqual(['processed', 'delivered']);
  });

  it('go out in posts of at most 1,000 events', async () => {
    await sandbox.send(mailTo(Array.from({ length: 1000 }, (_, i) => `p${i}@example.com`)));
    await sandbox.part.settle();
    expect(sandbox.app.events()).toHaveLength(2000);
    expect(sandbox.app.posts.every(({ body }) => (JSON.parse(body) as unknown[]).length <= 1000)).toBe(true);
  });
});

describe('recipients who cannot or will not be reached', () => {
  it('bounce, and are dropped from then on', async () => {
    await faults({ recipients: { 'Ana@example.com': 'bounce' } });
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.part.settle();
    expect(kinds()).toEqual(['processed', 'bounce', 'dropped']);
    const [, bounce, dropped] = sandbox.app.events();
    expect(bounce).toMatchObject({ type: 'bounce', status: '5.1.1', reason: expect.stringContaining('550') });
    expect(dropped).toMatchObject({ reason: 'Bounced Address' });
    expect(await sandbox.json('/mailbox/api/messages')).toMatchObject({ total: 0 });
  });

  it('complain, and are dropped from then on unless the request bypasses the list', async () => {
    await faults({ recipients: { 'ana@example.com': 'spam' } });
    await sandbox.send(mailTo(['ana@example.com']));
    await faults({ recipients: {} });
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.send(mailTo(['ana@example.com'], { mail_settings: { bypass_spam_management: { enable: true } } }));
    await sandbox.part.settle();
    expect(kinds()).toEqual(['processed', 'delivered', 'spamreport', 'dropped', 'processed', 'delivered']);
  });

  it('are blocked without being put on the bounce list', async () => {
    await faults({ recipients: { 'ana@example.com': 'block' } });
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.part.settle();
    expect(kinds()).toEqual(['processed', 'bounce', 'processed', 'bounce']);
    expect(sandbox.app.events()[1]).toMatchObject({ type: 'blocked' });
  });

  it('are put off once and reached at the next attempt', async () => {
    await faults({ recipients: { 'ana@example.com': 'defer' } });
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.part.settle();
    expect(kinds()).toEqual(['processed', 'deferred']);
    sandbox.advance(11 * 60_000);
    await sandbox.part.settle();
    expect(kinds()).toEqual(['processed', 'deferred', 'delivered']);
  });

  it('stay apart by subuser', async () => {
    const { subusers, settings } = sandbox.part.state;
    settings.verifiedSenders = null;
    const keyOf = (username: string) => {
      const one = subusers.create({ username, email: 'ops@relance.example', ips: [] });
      return { authorization: `Bearer ${one && subusers.addKey(one, 'mail').secret}` };
    };
    const [first, second] = [keyOf('shop-one'), keyOf('shop-two')];
    await faults({ recipients: { 'ana@example.com': 'bounce' } });
    await sandbox.send(mailTo(['ana@example.com']), first);
    await faults({ recipients: {} });
    await sandbox.send(mailTo(['ana@example.com']), second);
    await sandbox.send(mailTo(['ana@example.com']), first);
    expect(sandbox.part.state.messages.flatMap(({ events }) => events.map(({ type }) => type))).toEqual([
      ...['processed', 'bounce'],
      ...['processed', 'delivered'],
      'dropped',
    ]);
  });
});
