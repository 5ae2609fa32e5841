import { describe, expect, it } from 'vitest';
import { mailTo } from '../testing';
import { validateMail } from './mail';

const nowSeconds = 1_800_000_000;

function refusals(body: unknown): string[] {
  const verdict = validateMail(body, { nowSeconds });
  return verdict.ok ? [] : verdict.errors.map(({ field, message }) => `${field}: ${message}`);
}

function withEnvelope(more: Record<string, unknown>, message: Record<string, unknown> = {}): unknown {
  return mailTo([], { personalizations: [{ to: [{ email: 'ana@example.com' }], ...more }], ...message });
}

describe('what SendGrid documents beyond its contract', () => {
  it('takes a plain mail', () => {
    expect(refusals(mailTo(['ana@example.com']))).toEqual([]);
  });

  it('names the one invalid recipient among many by its place', () => {
    const body = mailTo(['ana@example.com', 'not an address', 'bo@example.com']);
    expect(refusals(body)).toEqual(['personalizations.1.to.0.email: Does not contain a valid address.']);
    expect(validateMail(body, { nowSeconds })).toMatchObject({
      errors: [
        { help: 'http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.personalizations.to' },
      ],
    });
  });

  it('refuses the same address twice in a request, whatever its case', () => {
    expect(refusals(mailTo(['ana@example.com', 'bo@example.com', 'ANA@example.com']))).toEqual([
      'personalizations: Each unique email address in the personalizations array should only be included once. You have included [ANA@example.com] more than once.',
    ]);
    expect(refusals(withEnvelope({ cc: [{ email: 'ana@example.com' }] }))).toHaveLength(1);
  });

  it('takes 1,000 personalizations and not one more', () => {
    const people = (n: number): string[] => Array.from({ length: n }, (_, i) => `p${i}@example.com`);
    expect(refusals(mailTo(people(1000)))).toEqual([]);
    expect(refusals(mailTo(people(1001)))[0]).toContain('You have provided 1001 personalizations');
  });

  it('counts cc and bcc among the 1,000 recipients', () => {
    const to = Array.from({ length: 600 }, (_, i) => ({ email: `t${i}@example.com` }));
    const cc = Array.from({ length: 401 }, (_, i) => ({ email: `c${i}@example.com` }));
    expect(refusals(withEnvelope({ to, cc }))).toEqual([
      'personalizations: There is a limit of 1000 total recipients (to + cc + bcc) per request.',
    ]);
  });

  it('allows 10,000 bytes of substitutions, counted in UTF-8 with their tags', () => {
    expect(refusals(withEnvelope({ substitutions: { '-a-': 'é'.repeat(4998) } }))).toEqual([]);
    expect(refusals(withEnvelope({ substitutions: { '-a-': 'é'.repeat(4999) } }))[0]).toContain('10,000 bytes');
    expect(refusals(withEnvelope({ substitutions: { '-a-': 1 } }))[0]).toContain('all strings');
  });

  it('weighs custom arguments of message and personalization together', () => {
    const half = { a: 'x'.repeat(6000) };
    expect(refusals(withEnvelope({ custom_args: half }))).toEqual([]);
    expect(refusals(withEnvelope({ custom_args: half }, { custom_args: { b: 'x'.repeat(6000) } }))[0]).toContain(
      '10,000 bytes',
    );
    expect(refusals(withEnvelope({ custom_args: half }, { custom_args: { a: 'x'.repeat(6000) } }))).toEqual([]);
  });

  it('refuses Unicode in from, unless names are let through', () => {
    const from = { email: 'hello@shop.example', name: 'Épicerie' };
    expect(refusals(mailTo(['ana@example.com'], { from }))).toEqual([
      'from.name: Unicode encoding is not supported for the from field.',
    ]);
    expect(validateMail(mailTo(['ana@example.com'], { from }), { nowSeconds, unicodeFromName: true }).ok).toBe(true);
    expect(refusals(mailTo(['ana@example.com'], { from: { email: 'héllo@shop.example' } }))).toEqual([
      'from.email: The from email does not contain a valid address.',
    ]);
  });

  it('refuses semicolons and commas in recipient names, and line breaks in any name', () => {
    expect(refusals(withEnvelope({ to: [{ email: 'a@example.com', name: 'Doe, Ana' }] }))[0]).toContain(
      'personalizations.0.to.0.name',
    );
    expect(refusals(withEnvelope({ to: [{ email: 'a@example.com', name: 'Ana; Bo' }] }))).toHaveLength(1);
    expect(refusals(withEnvelope({ to: [{ email: 'a@example.com', name: 'Zoë 🌙' }] }))).toEqual([]);
    expect(
      refusals(mailTo(['a@example.com'], { reply_to: { email: 'r@example.com', name: 'A\r\nBcc: x@example.com' } })),
    ).toHaveLength(1);
  });

  it('keeps reserved headers, header names with spaces and injected lines out', () => {
    for (const name of ['To', 'FROM', 'Reply-To', 'x-sg-id', 'DKIM-Signature', 'Content-Type', 'Bcc']) {
      expect(refusals(withEnvelope({ headers: { [name]: 'x' } }))[0]).toContain('reserved');
    }
    expect(refusals(withEnvelope({ headers: { 'X Y': 'x' } }))).toHaveLength(1);
    expect(refusals(withEnvelope({ headers: { 'X-É': 'x' } }))).toHaveLength(1);
    expect(refusals(withEnvelope({ headers: { 'X-A': 'x\r\nBcc: y@example.com' } }))).toHaveLength(1);
    expect(refusals(withEnvelope({ headers: { 'List-Unsubscribe': '<https://a.example/u>' } }))).toEqual([]);
  });

  it('wants text before HTML', () => {
    const content = [
      { type: 'text/html', value: '<p>x</p>' },
      { type: 'text/plain', value: 'x' },
    ];
    expect(refusals(mailTo(['a@example.com'], { content }))[0]).toContain('text/plain needs to be first');
  });

  it('schedules at most 72 hours ahead of the business clock', () => {
    expect(refusals(withEnvelope({ send_at: nowSeconds + 72 * 3600 }))).toEqual([]);
    expect(refusals(withEnvelope({ send_at: nowSeconds + 72 * 3600 + 1 }))).toEqual([
      'personalizations.0.send_at: Scheduling more than 72 hours in advance is forbidden.',
    ]);
    expect(refusals(withEnvelope({ send_at: nowSeconds - 9999 }))).toEqual([]);
  });

  it('does without a message subject only when every personalization has one', () => {
    const { subject: _, ...bare } = withEnvelope({ subject: 'Mine' }) as Record<string, unknown>;
    expect(refusals(bare)).toEqual([]);
    const { subject: __, ...none } = mailTo(['a@example.com']);
    expect(refusals(none)[0]).toContain('The subject is required');
  });

  it('allows reply_to or reply_to_list, and one kind of bypass', () => {
    const address = { email: 'r@example.com' };
    expect(refusals(mailTo(['a@example.com'], { reply_to: address, reply_to_list: [address] }))[0]).toContain(
      'but not both',
    );
    const mail_settings = { bypass_list_management: { enable: true }, bypass_spam_management: { enable: true } };
    expect(refusals(mailTo(['a@example.com'], { mail_settings }))[0]).toContain('cannot be combined');
  });

  it('limits categories to ten ASCII names', () => {
    expect(refusals(mailTo(['a@example.com'], { categories: ['café'] }))).toHaveLength(1);
    expect(
      refusals(mailTo(['a@example.com'], { categories: Array.from({ length: 11 }, (_, i) => `c${i}`) })),
    ).toHaveLength(1);
  });

  it('answers anything but an object with the bare bad request', () => {
    for (const body of [null, [], 'x', 3])
      expect(validateMail(body, { nowSeconds })).toEqual({
        ok: false,
        errors: [{ message: 'Bad Request', field: null, help: null }],
      });
  });
});
