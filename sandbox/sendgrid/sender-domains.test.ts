import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, mailTo, startTestSandbox, type TestSandbox } from './testing';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const JSON_HEADERS = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${sandbox.url}/sendgrid/v3${path}`, {
    method,
    headers: { ...JSON_HEADERS, ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
};
const enter = (body: object) =>
  sandbox.json('/control/api/sendgrid/dns', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const authenticate = (more: object = {}) => call('POST', '/whitelabel/domains', { domain: 'Shop.Example', ...more });

describe('authenticating a domain', () => {
  it('answers with the three records its owner has to enter', async () => {
    const { status, body } = await authenticate({ automatic_security: true, custom_dkim_selector: 'rln' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      domain: 'shop.example',
      valid: false,
      automatic_security: true,
      dns: {
        mail_cname: { valid: false, type: 'cname', host: 'em1001.shop.example', data: 'u1.wl.sendgrid.net' },
        dkim1: { host: 'rln._domainkey.shop.example', data: 'rln.domainkey.u1.wl.sendgrid.net' },
        dkim2: { host: 'rln2._domainkey.shop.example', data: 'rln2.domainkey.u1.wl.sendgrid.net' },
      },
    });
    expect((await call('GET', `/whitelabel/domains/${body.id}`)).body).toEqual(body);
    expect((await call('GET', '/whitelabel/domains?domain=shop.example')).body).toEqual([body]);
  });

  it('finds it valid once every record stands in DNS, and lets mail through from then on', async () => {
    const { id } = (await authenticate()).body;
    const from = { from: { email: 'bonjour@shop.example' } };
    const validate = () => call('POST', `/whitelabel/domains/${id}/validate`);
    expect((await sandbox.send(mailTo(['ana@example.com'], from))).status).toBe(403);
    await enter({ domain: 'shop.example', appear: ['mail_cname', 'dkim1'] });
    expect(await validate()).toMatchObject({
      status: 200,
      body: {
        id,
        valid: false,
        validation_results: {
          mail_cname: { valid: true, reason: null },
          dkim2: { valid: false, reason: expect.stringContaining('s2._domainkey.shop.example') },
        },
      },
    });
    expect(await sandbox.json('/control/api/sendgrid/dns/domains')).toEqual({ domains: ['shop.example'] });
    await enter({ domain: 'shop.example', appear: 'all' });
    expect((await validate()).body.valid).toBe(true);
    expect((await sandbox.send(mailTo(['ana@example.com'], from))).status).toBe(202);
    await enter({ domain: 'shop.example', appear: 'wrong' });
    const wrong = await validate();
    expect(wrong.body.validation_results.dkim1.reason).toContain('but found "parking.example."');
    expect((await sandbox.send(mailTo(['ana@example.com'], from))).status).toBe(403);
  });

  it('refuses what is no domain, a name that is taken, a wrong selector, and a key without the right', async () => {
    expect(await authenticate({ domain: 'shop' })).toMatchObject({ status: 400 });
    expect(await authenticate({ custom_dkim_selector: 'relance' })).toMatchObject({ status: 400 });
    await authenticate({ subdomain: 'mail' });
    expect(await authenticate({ subdomain: 'mail' })).toEqual({
      status: 400,
      body: {
        errors: [{ message: 'An authenticated domain already exists for this URL. Please use a unique subdomain.' }],
      },
    });
    await sandbox.json('/control/api/sendgrid/senders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lacksScopes: ['whitelabel.create'] }),
    });
    expect(await authenticate({ domain: 'other.example' })).toMatchObject({
      status: 403,
      body: { errors: [{ message: 'access forbidden' }] },
    });
  });

  it('forgets it when it is deleted', async () => {
    const { id } = (await authenticate()).body;
    expect((await call('DELETE', `/whitelabel/domains/${id}`)).status).toBe(204);
    expect((await call('POST', `/whitelabel/domains/${id}/validate`)).status).toBe(404);
  });

  it('brands links with two records more', async () => {
    const { status, body } = await call('POST', '/whitelabel/links', { domain: 'shop.example', subdomain: 'go' });
    expect([status, body.dns.domain_cname.host, body.valid]).toEqual([201, 'go.shop.example', false]);
    const validate = () => call('POST', `/whitelabel/links/${body.id}/validate`);
    expect((await validate()).body.validation_results.owner_cname).toMatchObject({ valid: false });
    await enter({ domain: 'shop.example', appear: 'all' });
    expect((await validate()).body).toMatchObject({ id: body.id, valid: true });
    expect((await call('DELETE', `/whitelabel/links/${body.id}`)).status).toBe(204);
  });
});

describe('DNS', () => {
  it('answers TXT records as they were entered', async () => {
    const read = () => sandbox.json('/control/api/sendgrid/dns/txt?name=_DMARC.shop.example');
    expect(await read()).toEqual({ records: [] });
    await enter({ txt: { '_dmarc.shop.example': 'v=DMARC1; p=none' } });
    expect(await read()).toEqual({ records: ['v=DMARC1; p=none'] });
    await enter({ txt: { '_dmarc.shop.example': null } });
    expect(await read()).toEqual({ records: [] });
  });
});

describe('a subuser', () => {
  const SUBUSER = { username: 'shop-1', email: 'ops@relance.example', password: 'a'.repeat(32) };
  const create = async () => {
    const [{ ip }] = (await call('GET', '/ips')).body;
    return call('POST', '/subusers', { ...SUBUSER, ips: [ip] });
  };
  const as = (username: string) => ({ 'on-behalf-of': username });
  const makeKey = async () =>
    (await call('POST', '/api_keys', { name: 'mail', scopes: ['mail.send'] }, as('shop-1'))).body.api_key as string;

  it('is made once, with addresses of the account', async () => {
    expect(await create()).toMatchObject({ status: 200, body: { username: 'shop-1', user_id: 101 } });
    expect(await create()).toEqual({ status: 400, body: { errors: [{ message: 'username exists' }] } });
    expect(await call('POST', '/subusers', { ...SUBUSER, username: 'b', ips: ['203.0.113.9'] })).toMatchObject({
      status: 400,
    });
    expect((await call('GET', '/subusers?username=shop-1')).body).toMatchObject([{ id: 101, disabled: false }]);
  });

  it('sends with a key of its own, from domains of its own or lent to it; on-behalf-of says nothing to mail/send', async () => {
    await create();
    const authorization = `Bearer ${await makeKey()}`;
    const from = (email: string) => mailTo(['ana@example.com'], { from: { email } });
    const { id } = (await authenticate()).body;
    await enter({ domain: 'shop.example', appear: 'all' });
    await call('POST', `/whitelabel/domains/${id}/validate`);
    expect((await sandbox.send(from('hello@shop.example'), { authorization })).status).toBe(403);
    expect((await call('POST', `/whitelabel/domains/${id}/subuser:add`, { username: 'shop-1' })).status).toBe(201);
    expect((await call('GET', '/whitelabel/domains/subuser/all?username=shop-1')).body).toMatchObject([{ id }]);
    expect((await sandbox.send(from('hello@shop.example'), { authorization })).status).toBe(202);
    expect((await sandbox.send(from('hello@shop.example'), as('shop-1'))).status).toBe(202);
    expect(sandbox.part.state.messages.map(({ account }) => account)).toEqual(['shop-1', '']);
  });

  it('has domains of its own, which the account does not see', async () => {
    await create();
    const made = await call('POST', '/whitelabel/domains', { domain: 'own.example' }, as('shop-1'));
    expect(made.body).toMatchObject({ username: 'shop-1', dns: { mail_cname: { data: 'u101.wl.sendgrid.net' } } });
    expect((await call('GET', '/whitelabel/domains')).body).toEqual([]);
    expect((await call('GET', '/whitelabel/domains', undefined, as('shop-1'))).body).toHaveLength(1);
    expect((await call('GET', '/whitelabel/domains', undefined, as('nobody'))).status).toBe(401);
  });

  it('tells its events at its own webhook, signed with a key of its own', async () => {
    await create();
    sandbox.part.state.settings.verifiedSenders = null;
    const authorization = `Bearer ${await makeKey()}`;
    await sandbox.send(mailTo(['ana@example.com']), { authorization });
    await sandbox.part.settle();
    expect(sandbox.app.posts).toHaveLength(0);
    const url = `${sandbox.app.url}/webhooks/sendgrid/1`;
    const wish = { url, enabled: true, delivered: true, processed: true };
    const { id } = (await call('POST', '/user/webhooks/event/settings', wish, as('shop-1'))).body;
    expect(await call('POST', '/user/webhooks/event/settings', wish, as('shop-1'))).toMatchObject({
      status: 400,
      body: { errors: [{ id, url }] },
    });
    const signed = await call('PATCH', `/user/webhooks/event/settings/signed/${id}`, { enabled: true }, as('shop-1'));
    expect(signed.body.public_key).not.toBe(sandbox.part.state.key.publicKey);
    await sandbox.send(mailTo(['bo@example.com']), { authorization });
    await sandbox.part.settle();
    expect(sandbox.app.posts.map(({ path }) => path)).toEqual(['/webhooks/sendgrid/1']);
    expect(sandbox.app.events().map((event) => event.email)).toEqual(['bo@example.com', 'bo@example.com']);
    const all = await call('GET', '/user/webhooks/event/settings/all', undefined, as('shop-1'));
    expect(all.body.webhooks).toMatchObject([{ id, public_key: signed.body.public_key, open: false }]);
  });

  it('sends nothing while it is disabled', async () => {
    await create();
    const authorization = `Bearer ${await makeKey()}`;
    expect((await call('PATCH', '/subusers/shop-1', { disabled: true })).status).toBe(204);
    expect((await sandbox.send(mailTo(['ana@example.com']), { authorization })).status).toBe(401);
    await call('PATCH', '/subusers/shop-1', { disabled: false });
    sandbox.part.state.settings.verifiedSenders = null;
    expect((await sandbox.send(mailTo(['ana@example.com']), { authorization })).status).toBe(202);
  });
});
