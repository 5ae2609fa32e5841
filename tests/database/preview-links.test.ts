/** A shared preview: sample data only, for seven days or until it is taken back, and never more than its link says. */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../app/db.server';
import { DAY } from '../../app/lib/duration';
import { signToken } from '../../app/lib/signed-token';
import { makeCompiledEmails } from '../../app/pipeline/compiled-emails';
import { makePreview } from '../../app/pipeline/preview';
import { makePreviewLinks, type PreviewLinks } from '../../app/pipeline/preview-links';
import { sharedPreviewsRouter } from '../../app/routes/shared-previews';
import { saveOverlay } from '../../app/store/scenarios';
import { inShop } from '../../app/store/scope';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { seedCustomer, seedShop } from './seed';

const START = new Date('2026-03-03T14:40:20Z');
const links = { appUrl: 'https://app.example', linkSecret: 'x'.repeat(32) };
let database: TestDatabase;
let connection: Connection;
let now: Date;
let previews: PreviewLinks;
let shopId: number;
let server: ReturnType<express.Express['listen']>;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect({ url: database.appUrl });
  const parts = { db: connection.db, clock: { now: () => now }, links };
  const settings = { hasProviderKey: true, sharedSender: 'post@relance.example' };
  const preview = makePreview({ ...parts, compiled: makeCompiledEmails(), settings });
  previews = makePreviewLinks({ ...parts, preview });
  server = express().use(sharedPreviewsRouter(previews)).listen(0, '127.0.0.1');
});
afterAll(async () => {
  server.close();
  await connection.close();
  await database.drop();
});
beforeEach(async () => {
  now = START;
  shopId = await seedShop(connection.db, { now });
  await seedCustomer(connection.db, shopId, { email: 'secret@example.com', firstName: 'Bérengère' });
});

const WISH = { key: 'welcome', email: 'welcome-1', language: 'fr', show: 'as-shared' } as const;
/** Edits the e-mail's subject. */
const draftWith = (fr: string) => ({
  offer: null,
  emails: {
    'welcome-1': {
      key: 'welcome-1',
      subject: { fr, en: fr },
      previewText: { fr: 'Bonjour', en: 'Hello' },
      blocks: [{ id: 'end', type: 'footer' }],
    },
  },
});
const save = (fr: string) =>
  inShop(connection.db, shopId, (shop) =>
    saveOverlay(shop, { scenario: 'welcome', overlay: draftWith(fr), structure: null, revision: 9, at: now }),
  );
async function share(wish: object = {}): Promise<string> {
  const shared = await previews.share(shopId, { ...WISH, ...wish });
  if (!shared.ok) throw new Error(shared.code);
  const [link] = (await previews.list(shopId)).filter(({ id }) => id === shared.id);
  return link?.url.replace(`${links.appUrl}/preview/`, '') ?? '';
}
const get = (path: string, language = 'en') =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/preview/${path}`, {
    headers: { 'accept-language': language },
  });

describe('a shared preview', () => {
  it('shows the e-mail as it was, drafts included, whatever is saved later', async () => {
    const token = await share({ draft: draftWith('Premier jet') });
    await save('Tout autre chose');
    const opened = await previews.open(token);
    expect(opened).toMatchObject({ state: 'open', sharedAt: START, mail: { subject: 'Premier jet' } });
  });

  it('or as it is saved when it is opened', async () => {
    const token = await share({ show: 'as-now', draft: draftWith('Jamais enregistré') });
    expect(await previews.open(token)).toMatchObject({ state: 'open', sharedAt: null });
    await save('Enregistré depuis');
    expect(await previews.open(token)).toMatchObject({ mail: { subject: 'Enregistré depuis' } });
  });

  it('holds nobody’s data and nobody’s preferences', async () => {
    const opened = await previews.open(await share());
    if (opened.state !== 'open') throw new Error(opened.state);
    const all = JSON.stringify(opened);
    expect(all).toContain('Camille');
    expect(all).not.toMatch(/Bérengère|secret@example/);
    const preference = signToken(links.linkSecret, 'preferences', `${shopId}:sample`);
    expect(all).toContain(preference);
  });

  it('ends after seven days, and says so', async () => {
    const token = await share();
    now = new Date(START.getTime() + 7 * DAY - 1000);
    expect((await get(token)).status).toBe(200);
    now = new Date(START.getTime() + 7 * DAY);
    const ended = await get(token);
    expect([ended.status, await ended.text()]).toEqual([410, expect.stringContaining('This link has ended')]);
    expect((await get(`${token}/mail`)).status).toBe(410);
    expect(await previews.list(shopId)).toEqual([]);
  });

  it('ends when the shop takes it back, in its own shop alone, and says so', async () => {
    const token = await share();
    const other = await seedShop(connection.db, { now });
    const [link] = await previews.list(shopId);
    expect(await previews.list(other)).toEqual([]);
    expect(await previews.revoke(other, link?.id ?? '')).toBe(false);
    expect((await previews.open(token)).state).toBe('open');
    expect(await previews.revoke(shopId, link?.id ?? '')).toBe(true);
    const gone = await get(token, 'fr');
    expect([gone.status, await gone.text()]).toEqual([410, expect.stringContaining('Ce lien a été retiré')]);
    expect(await previews.revoke(shopId, link?.id ?? '')).toBe(false);
  });

  it('is refused where the draft is, and past thirty of them', async () => {
    expect(await previews.share(shopId, { ...WISH, email: 'welcome-9' })).toMatchObject({ ok: false, code: 'errors' });
    expect(await previews.share(shopId, { ...WISH, draft: draftWith('') })).toMatchObject({ ok: false });
    for (let made = 0; made < 30; made += 1) await share({ show: 'as-now' });
    expect(await previews.share(shopId, WISH)).toMatchObject({ ok: false, code: 'too-many' });
  });
});

describe('the page behind it', () => {
  it('runs nothing, is in no index, and keeps the e-mail in a frame that can do nothing', async () => {
    const token = await share();
    const page = await get(`${token}?view=phone`);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('script-src');
    expect(page.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(html).toContain('<meta name="robots" content="noindex, nofollow"/>');
    expect(html).toMatch(/<iframe [^>]*sandbox=""/);
    expect(html).not.toContain('<script');
    const mail = await get(`${token}/mail`);
    expect(mail.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(await mail.text()).toContain('Camille');
  });

  it('escapes what owners write', async () => {
    const token = await share({ draft: draftWith('</title><script>alert(1)</script>') });
    expect(await (await get(token)).text()).not.toContain('<script>alert');
  });

  it.each([
    ['of another purpose', () => signToken(links.linkSecret, 'preferences', `${shopId}:sample`)],
    ['signed by somebody else', () => signToken('y'.repeat(32), 'preview', `${shopId}:${crypto.randomUUID()}`)],
    ['of no link', () => signToken(links.linkSecret, 'preview', `${shopId}:1' or '1'='1`)],
    ['of nothing', () => 'x'],
  ])('knows no token %s', async (_, token) => {
    const answer = await get(encodeURIComponent(token()));
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('This link is not complete')]);
  });

  it('says that a link has ended whose row is gone', async () => {
    const token = signToken(links.linkSecret, 'preview', `${shopId}:${crypto.randomUUID()}`);
    expect((await get(token)).status).toBe(410);
  });
});
