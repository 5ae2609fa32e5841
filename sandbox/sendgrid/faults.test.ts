import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailTo, startTestSandbox, type TestSandbox } from './testing';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const setFaults = (change: unknown): Promise<Response> =>
  fetch(`${sandbox.url}/control/api/sendgrid/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
const mail = mailTo(['ana@example.com']);
const taken = (): number => sandbox.part.state.messages.length;

describe('faults of the mail endpoint', () => {
  it('answer 429 with the time of reset for as many requests as asked', async () => {
    await setFaults({ send: [{ kind: 'answer', status: 429, times: 2, resetSeconds: 30 }] });
    const answers = [await sandbox.send(mail), await sandbox.send(mail), await sandbox.send(mail)];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 202]);
    const reset = Number(answers[0]?.headers.get('x-ratelimit-reset'));
    expect(reset - Date.now() / 1000).toBeGreaterThan(28);
    expect(answers[0]?.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(taken()).toBe(1);
  });

  it('answer with any error, in JSON or as the proxy would', async () => {
    await setFaults({ send: [500, 502, 503, 504, 401, 413].map((status) => ({ kind: 'answer', status })) });
    const seen: [number, boolean][] = [];
    for (let i = 0; i < 6; i += 1) {
      const answer = await sandbox.send(mail);
      seen.push([answer.status, (answer.headers.get('content-type') ?? '').includes('json')]);
      await answer.text();
    }
    expect(seen).toEqual([
      [500, true],
      [502, false],
      [503, false],
      [504, false],
      [401, true],
      [413, false],
    ]);
    expect(taken()).toBe(0);
  });

  it('can lose the answer of a mail that was taken', async () => {
    await setFaults({
      send: [{ kind: 'answer', status: 500, accept: true }, { kind: 'reset', accept: true }, { kind: 'reset' }],
    });
    expect((await sandbox.send(mail)).status).toBe(500);
    await expect(sandbox.send(mail)).rejects.toThrow();
    expect(taken()).toBe(2);
    await expect(sandbox.send(mail)).rejects.toThrow();
    expect(taken()).toBe(2);
  });

  it('can take a mail and never answer', async () => {
    await setFaults({ send: [{ kind: 'silence' }] });
    const giveUp = new AbortController();
    const sent = fetch(`${sandbox.url}/sendgrid/v3/mail/send`, {
      method: 'POST',
      headers: { authorization: 'Bearer SG.test-key', 'content-type': 'application/json' },
      body: JSON.stringify(mail),
      signal: giveUp.signal,
    });
    await expect.poll(taken).toBe(1);
    giveUp.abort();
    await expect(sent).rejects.toThrow();
  });

  it('can delay an answer and then go on', async () => {
    await setFaults({
      send: [
        { kind: 'delay', ms: 120 },
        { kind: 'answer', status: 503 },
      ],
    });
    const start = performance.now();
    expect((await sandbox.send(mail)).status).toBe(503);
    expect(performance.now() - start).toBeGreaterThan(100);
  });

  it('refuse a whole request for one bad recipient', async () => {
    await setFaults({ refuseRecipients: ['Bo@example.com'] });
    const answer = await sandbox.send(mailTo(['ana@example.com', 'bo@example.com']));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field: 'personalizations.1.to.0.email' }] });
    expect((await sandbox.send(mail)).status).toBe(202);
  });

  it('last until cleared when asked for', async () => {
    await setFaults({ send: { kind: 'answer', status: 401, times: 'always' } });
    for (let i = 0; i < 3; i += 1) expect((await sandbox.send(mail)).status).toBe(401);
    await fetch(`${sandbox.url}/control/api/sendgrid/faults`, { method: 'DELETE' });
    expect((await sandbox.send(mail)).status).toBe(202);
  });

  it('are refused when they make no sense', async () => {
    for (const change of [
      { send: [{ kind: 'explode' }] },
      { send: [{ kind: 'answer', status: 200 }] },
      { recipients: { 'a@b.co': 'vanish' } },
    ]) {
      expect((await setFaults(change)).status).toBe(422);
    }
    expect(await sandbox.json('/control/api/sendgrid/faults')).toMatchObject({ send: [], recipients: {} });
  });
});

describe('counts', () => {
  it('tell requests, refusals and messages per recipient', async () => {
    await sandbox.send(mailTo(['ana@example.com', 'bo@example.com']));
    await sandbox.send(mail);
    await sandbox.send({});
    expect(await sandbox.json('/control/api/sendgrid/stats')).toMatchObject({
      requests: 3,
      accepted: 2,
      refused: 1,
      messages: 3,
      recipients: { 'ana@example.com': 2, 'bo@example.com': 1 },
      events: { processed: 3, delivered: 3 },
    });
  });
});
