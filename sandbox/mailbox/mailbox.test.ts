import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailTo, startTestSandbox, type TestSandbox } from '../sendgrid/testing';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

interface Listed {
  total: number;
  messages: {
    id: number;
    to: string;
    subject: string;
    sentAt: string;
    events: { type: string }[];
    links: { url: string; clickUrl: string }[];
    html?: string;
  }[];
}
const list = async (query = ''): Promise<Listed> => (await sandbox.json(`/mailbox/api/messages${query}`)) as Listed;
const page = async (path: string): Promise<string> => (await fetch(sandbox.url + path)).text();
const recipients = async (query: string): Promise<string[]> => (await list(query)).messages.map(({ to }) => to);

describe('the JSON API', () => {
  beforeEach(async () => {
    await sandbox.send(mailTo(['ana@example.com'], { subject: 'First', custom_args: { shop: 's1' } }));
    sandbox.advance(3600_000);
    await sandbox.send(
      mailTo(['bo@example.com'], { subject: 'Second one', from: { email: 'hello@shop.example', name: 'Other' } }),
    );
    sandbox.advance(3600_000);
    await sandbox.send(mailTo(['ANA@example.com'], { subject: 'Third' }));
  });

  it('lists newest first in business time, and finds by recipient, subject, sender, time and custom argument', async () => {
    expect(await recipients('')).toEqual(['ANA@example.com', 'bo@example.com', 'ana@example.com']);
    expect((await list()).messages[2]?.sentAt).toBe('2026-11-22T09:00:00.000Z');
    expect(await recipients('?to=ana@example.com&order=asc')).toEqual(['ana@example.com', 'ANA@example.com']);
    expect(await recipients('?subject=second')).toEqual(['bo@example.com']);
    expect(await recipients('?q=BO@')).toEqual(['bo@example.com']);
    expect(await recipients(`?from=${encodeURIComponent('Other <hello@shop.example>')}`)).toEqual(['bo@example.com']);
    expect(await recipients('?arg.shop=s1')).toEqual(['ana@example.com']);
    expect(await recipients('?since=2026-11-22T09:30:00Z&until=2026-11-22T10:30:00Z')).toEqual(['bo@example.com']);
    expect((await fetch(`${sandbox.url}/mailbox/api/messages?since=soon`)).status).toBe(400);
  });

  it('pages, and leaves bodies out on request', async () => {
    const second = await list('?limit=1&offset=1&bodies=0');
    expect(second).toMatchObject({ total: 3, messages: [{ to: 'bo@example.com' }] });
    expect(second.messages[0]).not.toHaveProperty('html');
  });

  it('answers 404 for a message that is not there', async () => {
    for (const path of ['/99', '/99.eml', '/99/click']) {
      const answer = await fetch(
        `${sandbox.url}/mailbox/api/messages${path}`,
        path.endsWith('click') ? { method: 'POST' } : {},
      );
      expect(answer.status).toBe(404);
    }
  });
});

describe('the source of an e-mail', () => {
  it('is correct MIME with both parts, encoded headers and one-click unsubscribe', async () => {
    const subject = `Zoë, ${'ça vaut le détour '.repeat(8)}🌙`;
    const long = `<https://app.example/unsubscribe/${'t'.repeat(300)}>`;
    await sandbox.send(
      mailTo([], {
        personalizations: [
          {
            to: [{ email: 'zoe@example.com', name: 'Zoë 🌙 "Z" Été' }],
            headers: { 'List-Unsubscribe': long, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
          },
        ],
        subject,
        reply_to: { email: 'boutique@example.com', name: 'Boutique Été' },
        content: [
          { type: 'text/plain', value: 'Ça va ?\n.\nFrom here\n' },
          { type: 'text/html', value: `<html><body><p>Ça va 🌙</p>${'<p>long line</p>'.repeat(200)}</body></html>` },
        ],
        tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
      }),
    );
    const source = await page('/mailbox/api/messages/0.eml');
    expect(source.split('\r\n').every((line) => line.length <= 998 && !line.includes('\n'))).toBe(true);
    const head = source.slice(0, source.indexOf('\r\n\r\n'));
    expect([...head].every((character) => character.charCodeAt(0) < 127)).toBe(true);
    const mail = await new PostalMime().parse(source);
    expect(mail).toMatchObject({
      subject,
      from: { address: 'hello@shop.example', name: 'The Shop' },
      to: [{ address: 'zoe@example.com', name: 'Zoë 🌙 "Z" Été' }],
      replyTo: [{ address: 'boutique@example.com', name: 'Boutique Été' }],
      date: '2026-11-22T09:00:00.000Z',
    });
    expect(mail.html).toContain('<p>Ça va 🌙</p>');
    expect(mail.text?.trim()).toBe('Ça va ?\n.\nFrom here');
    expect(mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe(long);
    expect(mail.headers.find(({ key }) => key === 'list-unsubscribe-post')?.value).toBe('List-Unsubscribe=One-Click');
    expect(await page('/mailbox/api/messages/0.eml')).toBe(source);
  });

  it('carries attachments', async () => {
    const content = Buffer.from('a;b\n1;2\n').toString('base64');
    await sandbox.send(
      mailTo(['ana@example.com'], { attachments: [{ content, filename: 'list.csv', type: 'text/csv' }] }),
    );
    const mail = await new PostalMime().parse(await page('/mailbox/api/messages/0.eml'));
    expect(mail.attachments).toMatchObject([{ filename: 'list.csv', mimeType: 'text/csv', disposition: 'attachment' }]);
  });
});

describe('links and pixel', () => {
  beforeEach(() =>
    sandbox.send(
      mailTo(['ana@example.com'], {
        content: [{ type: 'text/html', value: '<a href="https://shop.example/a?x=1&amp;y=é🌙">A</a>' }],
      }),
    ),
  );

  it('record a click and lead to the original address', async () => {
    const [link] = (await list()).messages[0]?.links ?? [];
    const answer = await fetch(link?.clickUrl ?? '', { redirect: 'manual', headers: { 'user-agent': 'Test Browser' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      'https://shop.example/a?x=1&y=%C3%A9%F0%9F%8C%99',
    ]);
    expect((await list()).messages[0]?.events.at(-1)).toMatchObject({
      type: 'click',
      useragent: 'Test Browser',
      url: 'https://shop.example/a?x=1&y=é🌙',
    });
  });

  it('do not count a link checker that asks with HEAD', async () => {
    const [link] = (await list()).messages[0]?.links ?? [];
    expect((await fetch(link?.clickUrl ?? '', { method: 'HEAD', redirect: 'manual' })).status).toBe(302);
    expect((await list()).messages[0]?.events.map(({ type }) => type)).toEqual(['processed', 'delivered']);
    expect((await fetch(`${sandbox.url}/mailbox/click/0/7`, { redirect: 'manual' })).status).toBe(404);
  });

  it('record an open when the pixel loads, and refuse one when there is no pixel', async () => {
    expect((await fetch(`${sandbox.url}/mailbox/open/0.gif`)).headers.get('content-type')).toBe('image/gif');
    expect((await list()).messages[0]?.events.at(-1)).toMatchObject({ type: 'open', sg_machine_open: false });
    await sandbox.send(mailTo(['bo@example.com'], { tracking_settings: { open_tracking: { enable: false } } }));
    expect((await fetch(`${sandbox.url}/mailbox/api/messages/1/open`, { method: 'POST' })).status).toBe(409);
  });
});

describe('one-click unsubscribe', () => {
  let app: Server;
  let seen: { method: string | undefined; type: string | undefined; cookie: string | undefined; body: string }[];
  let status: number;
  let url: string;
  beforeEach(async () => {
    seen = [];
    status = 200;
    app = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk) => {
        body += String(chunk);
      });
      req.on('end', () => {
        seen.push({ method: req.method, type: req.headers['content-type'], cookie: req.headers.cookie, body });
        res.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/unsubscribe/token`;
  });
  afterEach(() => {
    app.close();
  });

  const sendWith = (headers: Record<string, string>): Promise<Response> =>
    sandbox.send(mailTo(['ana@example.com'], { headers }));
  const press = (): Promise<Response> => fetch(`${sandbox.url}/mailbox/api/messages/0/unsubscribe`, { method: 'POST' });

  it("posts to the header's web address exactly as RFC 8058 says", async () => {
    await sendWith({
      'list-unsubscribe': `<mailto:u@shop.example>, <${url}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(await (await press()).json()).toEqual({ done: 'unsubscribe', url, status: 200 });
    expect(seen).toEqual([
      {
        method: 'POST',
        type: 'application/x-www-form-urlencoded',
        cookie: undefined,
        body: 'List-Unsubscribe=One-Click',
      },
    ]);
  });

  it('follows no redirect', async () => {
    status = 302;
    await sendWith({ 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    expect(await (await press()).json()).toMatchObject({ status: 302 });
    expect(seen).toHaveLength(1);
  });

  it('is refused without both headers', async () => {
    await sendWith({ 'List-Unsubscribe': `<${url}>` });
    expect((await press()).status).toBe(409);
    expect(seen).toEqual([]);
  });
});

describe('the pages', () => {
  it('list, search and page through e-mails, with every name escaped', async () => {
    await sandbox.send(mailTo(Array.from({ length: 120 }, (_, i) => `p${i}@example.com`)));
    await sandbox.send(mailTo(['evil@example.com'], { subject: '<script>alert(1)</script>' }));
    const first = await page('/mailbox');
    expect(first).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(first).not.toContain('<script>');
    expect(first).toContain('1 to 50 of 121');
    expect(await page('/mailbox?page=3')).toContain('101 to 121 of 121');
    expect(await page('/mailbox?q=p119')).toContain('1 to 1 of 1');
    expect(await page('/mailbox?q=nobody')).toContain('No e-mail fits this search');
    expect((await fetch(`${sandbox.url}/mailbox?page=-4&from=x&q=%00`)).status).toBe(200);
  });

  it('show each view of an e-mail', async () => {
    const value =
      '<html><head><style>@media (prefers-color-scheme: dark) { p { color: #fff } }</style></head><body><p>Hi</p></body></html>';
    await sandbox.send(
      mailTo(['ana@example.com'], {
        content: [
          { type: 'text/plain', value: 'Hi <there>' },
          { type: 'text/html', value },
        ],
        custom_args: { message: 'm1' },
      }),
    );
    expect(await page('/mailbox/messages/0')).toContain('src="/mailbox/messages/0/html"');
    expect(await page('/mailbox/messages/0?tab=phone')).toContain('class="frame phone"');
    expect(await page('/mailbox/messages/0?tab=text')).toContain('Hi &lt;there&gt;');
    expect(await page('/mailbox/messages/0?tab=source')).toContain('MIME-Version: 1.0');
    expect(await page('/mailbox/messages/0?tab=headers')).toContain('Message-ID');
    expect(await page('/mailbox/messages/0?tab=events')).toContain('m1');
    const dark = await fetch(`${sandbox.url}/mailbox/messages/0/html?dark=1`);
    expect(await dark.text()).toContain('@media (min-width: 0px)');
    expect(dark.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect((await fetch(`${sandbox.url}/mailbox/messages/5`)).status).toBe(404);
  });

  it('let a person bounce and complain, and say what happened', async () => {
    await sandbox.send(mailTo(['ana@example.com']));
    const after = await fetch(`${sandbox.url}/mailbox/messages/0/spam`, { method: 'POST' });
    expect(await after.text()).toContain('Marked as spam: SendGrid drops further mail to ana@example.com.');
    const refused = await fetch(`${sandbox.url}/mailbox/messages/0/unsubscribe`, { method: 'POST' });
    expect(await refused.text()).toContain('no List-Unsubscribe header');
    await sandbox.part.settle();
    expect(sandbox.app.events().map(({ event }) => event)).toEqual(['processed', 'delivered', 'spamreport']);
  });

  it("offer SendGrid's own unsubscribe page when subscription tracking is on", async () => {
    await sandbox.send(mailTo(['ana@example.com'], { tracking_settings: { subscription_tracking: { enable: true } } }));
    expect(await page('/mailbox/unsubscribe/0')).toContain('Unsubscribe ana@example.com?');
    await sandbox.part.settle();
    expect(sandbox.app.events().map(({ event }) => event)).not.toContain('unsubscribe');
    await fetch(`${sandbox.url}/mailbox/unsubscribe/0`, { method: 'POST' });
    await sandbox.send(mailTo(['ana@example.com']));
    await sandbox.part.settle();
    expect(sandbox.app.events().slice(2)).toMatchObject([
      { event: 'unsubscribe' },
      { event: 'dropped', reason: 'Unsubscribed Address' },
    ]);
  });
});
