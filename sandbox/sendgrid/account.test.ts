import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, mailTo, SENDER, startTestSandbox, type TestSandbox } from './testing';

let sandbox: TestSandbox;
let dataDir: string;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'sendgrid-test-'));
  sandbox = await startTestSandbox({ dataDir, sendgrid: { authenticatedDomains: ['own.example'] } });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true });
});

const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${sandbox.url}/sendgrid/v3${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${API_KEY}`,
      'content-type': 'application/json',
      ...(init.headers as Record<string, string>),
    },
  });
const get = async (path: string): Promise<unknown> => (await call(path)).json();
const onDisk = (): string =>
  readdirSync(join(dataDir, 'sendgrid'))
    .map((file) => readFileSync(join(dataDir, 'sendgrid', file), 'utf8'))
    .join('\n');

describe('the account', () => {
  it('lists its scopes, verified senders and authenticated domains', async () => {
    expect(await get('/scopes')).toMatchObject({
      scopes: expect.arrayContaining(['mail.send', 'recipients.erasejob.create']),
    });
    expect(await get('/verified_senders')).toMatchObject({ results: [{ id: 1, from_email: SENDER, verified: true }] });
    expect(await get('/whitelabel/domains')).toMatchObject([
      { domain: 'own.example', valid: true, dns: { dkim1: { host: 's1._domainkey.own.example' } } },
    ]);
    expect(await get('/user/webhooks/event/settings/all')).toMatchObject({
      webhooks: [{ enabled: true, processed: true, open: false, public_key: sandbox.part.state.key.publicKey }],
    });
    expect((await call('/scopes', { headers: { authorization: 'Bearer SG.other' } })).status).toBe(401);
    expect((await call('/nothing')).status).toBe(404);
  });

  it('lets mail from an authenticated domain through, and from a sender verified later', async () => {
    const from = (email: string) => sandbox.send(mailTo(['ana@example.com'], { from: { email } }));
    expect((await from('any@own.example')).status).toBe(202);
    expect((await from('any@notown.example')).status).toBe(403);
    await sandbox.json('/control/api/sendgrid/senders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ verified: ['any@notown.example'] }),
    });
    expect((await from('any@notown.example')).status).toBe(202);
  });

  it('lists and deletes suppressions', async () => {
    sandbox.part.state.faults.change({ recipients: { 'ana@example.com': 'bounce', 'bo@example.com': 'spam' } });
    await sandbox.send(mailTo(['ana@example.com', 'bo@example.com']));
    expect(await get('/suppression/bounces')).toEqual([
      {
        email: 'ana@example.com',
        created: Math.floor(sandbox.part.state.now() / 1000),
        reason: expect.any(String),
        status: '5.1.1',
      },
    ]);
    expect(await get('/suppression/spam_reports/bo@example.com')).toMatchObject([{ email: 'bo@example.com' }]);
    expect((await call('/suppression/bounces/ana@example.com', { method: 'DELETE' })).status).toBe(204);
    expect((await call('/suppression/bounces/ana@example.com', { method: 'DELETE' })).status).toBe(404);
    expect((await call('/suppression/spam_reports', { method: 'DELETE', body: '{"delete_all":true}' })).status).toBe(
      204,
    );
    expect([await get('/suppression/bounces'), await get('/suppression/spam_reports')]).toEqual([[], []]);
  });

  it('gives out batch ids and knows them again', async () => {
    const made = await call('/mail/batch', { method: 'POST' });
    expect(made.status).toBe(201);
    const { batch_id: id } = (await made.json()) as { batch_id: string };
    expect(await get(`/mail/batch/${id}`)).toEqual({ batch_id: id });
    expect((await call('/mail/batch/unknown')).status).toBe(400);
  });
});

describe('erasing a recipient', () => {
  it('takes the address out of the mailbox, the queue of events and the files', async () => {
    const substitutions = (name: string) => ({ '-name-': name });
    await sandbox.send(
      mailTo([], {
        subject: 'For -name-',
        personalizations: ['ana', 'bo'].map((name) => ({
          to: [{ email: `${name}@example.com`, name }],
          substitutions: substitutions(`${name}-secret`),
        })),
      }),
    );
    expect(onDisk()).toContain('ana-secret');
    const answer = await call('/recipients/erasejob', {
      method: 'POST',
      body: JSON.stringify({ email_addresses: ['ANA@example.com'] }),
    });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ job_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    await sandbox.part.settle();
    expect(new Set(sandbox.app.events().map(({ email }) => email))).toEqual(new Set(['bo@example.com']));
    expect(await sandbox.json('/mailbox/api/messages')).toMatchObject({
      total: 1,
      messages: [{ id: 1, to: 'bo@example.com', subject: 'For bo-secret' }],
    });
    expect(onDisk()).not.toContain('ana@example.com');
    expect(onDisk()).not.toContain('ana-secret');
    expect(onDisk()).toContain('bo-secret');
  });

  it('refuses what is no address and an empty list', async () => {
    const erase = (emails: unknown) =>
      call('/recipients/erasejob', { method: 'POST', body: JSON.stringify({ email_addresses: emails }) });
    const invalid = await erase(['nobody']);
    expect([invalid.status, await invalid.json()]).toMatchObject([
      400,
      { errors: [{ message: 'Email_address nobody is not valid', field: 'email_addresses' }] },
    ]);
    expect((await erase([])).status).toBe(400);
  });
});

describe('a restart', () => {
  const restart = async (): Promise<void> => {
    await sandbox.close();
    sandbox = await startTestSandbox({ dataDir, startAt: Date.UTC(2026, 10, 22, 10, 0, 0) });
  };

  it('keeps mail, key, suppressions and what was already reported', async () => {
    sandbox.part.state.faults.change({ recipients: { 'bo@example.com': 'bounce' } });
    await sandbox.send(mailTo(['ana@example.com', 'bo@example.com']));
    await sandbox.part.settle();
    const before = await sandbox.json('/mailbox/api/messages?all=1');
    const { publicKey } = sandbox.part.state.key;
    await restart();
    await sandbox.part.settle();
    expect(
      JSON.stringify(await sandbox.json('/mailbox/api/messages?all=1')).replaceAll(/127\.0\.0\.1:\d+/g, 'here'),
    ).toBe(JSON.stringify(before).replaceAll(/127\.0\.0\.1:\d+/g, 'here'));
    expect(sandbox.part.state.key.publicKey).toBe(publicKey);
    expect(await get('/suppression/bounces')).toHaveLength(1);
    expect(sandbox.app.posts).toHaveLength(0);
  });

  it('posts the events the app never acknowledged, with the ids they had', async () => {
    sandbox.app.answers.push(500);
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.part.settle();
    const ids = sandbox.app.events().map((event) => event.sg_event_id);
    await restart();
    await sandbox.part.settle();
    expect(sandbox.app.events().map((event) => event.sg_event_id)).toEqual(ids);
  });

  it('goes on with mail that was waiting for its time, and forgets the erased for good', async () => {
    const at = Math.floor(Date.UTC(2026, 10, 22, 11, 0, 0) / 1000);
    await sandbox.send(mailTo(['ana@example.com', 'bo@example.com'], { send_at: at }));
    await sandbox.part.settle();
    await call('/recipients/erasejob', {
      method: 'POST',
      body: JSON.stringify({ email_addresses: ['bo@example.com'] }),
    });
    await restart();
    sandbox.advance(2 * 3600_000);
    await sandbox.part.settle();
    expect(sandbox.app.events()).toMatchObject([{ event: 'delivered', email: 'ana@example.com' }]);
    expect(await sandbox.json('/mailbox/api/messages?all=1')).toMatchObject({ total: 1 });
  });
});
