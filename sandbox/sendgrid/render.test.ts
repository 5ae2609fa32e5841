import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listLinks, trackHtmlLinks } from './links';
import { renderMail } from './render';
import { substitute } from './substitute';
import { mailTo, startTestSandbox, type TestSandbox } from './testing';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const OFF = { click_tracking: { enable: false }, open_tracking: { enable: false } };

async function rendered(
  envelope: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Promise<ReturnType<typeof renderMail>> {
  const answer = await sandbox.send(
    mailTo([], { personalizations: [{ to: [{ email: 'ana@example.com' }], ...envelope }], ...more }),
  );
  expect(await answer.text()).toBe('');
  const message = sandbox.part.state.messages.at(-1);
  if (message === undefined) throw new Error('No message was kept.');
  return renderMail(sandbox.part.state, message);
}

const html = (value: string) => ({ content: [{ type: 'text/html', value }] });

describe('substitutions', () => {
  it('go into subject, HTML, text and reply-to alike, and into no header', async () => {
    const mail = await rendered(
      { substitutions: { '-n-': 'Zoë & <b>' }, headers: { 'X-Note': '-n-' } },
      {
        subject: 'Hi -n-',
        reply_to: { email: 'r@shop.example', name: '-n-' },
        content: [
          { type: 'text/plain', value: 'T -n- -n-' },
          { type: 'text/html', value: '<p>-n-</p>' },
        ],
        tracking_settings: OFF,
      },
    );
    expect(mail).toMatchObject({
      subject: 'Hi Zoë & <b>',
      text: 'T Zoë & <b> Zoë & <b>',
      html: '<p>Zoë & <b></p>',
      replyTo: [{ email: 'r@shop.example', name: 'Zoë & <b>' }],
      headers: { 'X-Note': '-n-' },
    });
  });

  it('replace literally: no pattern, no special dollar, and a value holding a later tag is replaced again', () => {
    expect(substitute('a.b a+b', { 'a.b': '$& $1' })).toBe('$& $1 a+b');
    expect(substitute('-a-', { '-a-': '-b-', '-b-': 'x' })).toBe('x');
    expect(substitute('-b-', { '-a-': 'x', '-b-': '-a-' })).toBe('-a-');
    expect(substitute('-x-', { '-y-': 'z' })).toBe('-x-');
  });

  it('fill sections first', () => {
    expect(substitute('-g-', { '-g-': ':hello:' }, { ':hello:': 'Good day' })).toBe('Good day');
  });
});

describe('the personalization wins over the message', () => {
  it('in subject, sender and headers, whatever the case of a header name', async () => {
    const mail = await rendered(
      { subject: 'Own', from: { email: 'hello@shop.example', name: 'Own' }, headers: { 'x-both': 'own' } },
      { headers: { 'X-Both': 'shared', 'X-Shared': 'shared' } },
    );
    expect(mail).toMatchObject({
      subject: 'Own',
      from: { name: 'Own' },
      headers: { 'x-both': 'own', 'X-Shared': 'shared' },
    });
    expect(Object.keys(mail.headers)).not.toContain('X-Both');
  });
});

describe('click tracking', () => {
  const body = `<a href="https://a.example/?x=1&amp;y=2">A</a><a style='x' href='http://b.example/'>B</a>
<a href="https://c.example/" clicktracking=off>C</a><a clicktracking="off" href="https://d.example/">D</a>
<a href="mailto:x@example.com">E</a><a href="#top">F</a><a name="x">G</a><!-- <a href="https://h.example/">H</a> -->`;

  it('rewrites web links, leaves links marked off and takes the mark out', async () => {
    const mail = await rendered({}, { ...html(body), tracking_settings: { open_tracking: { enable: false } } });
    const base = `${sandbox.url}/mailbox/click/0`;
    expect(mail.links).toEqual(['https://a.example/?x=1&y=2', 'http://b.example/']);
    expect(mail.html).toBe(`<a href="${base}/0">A</a><a style='x' href="${base}/1">B</a>
<a href="https://c.example/">C</a><a href="https://d.example/">D</a>
<a href="mailto:x@example.com">E</a><a href="#top">F</a><a name="x">G</a><!-- <a href="https://h.example/">H</a> -->`);
  });

  it('switched off leaves every address, and still takes the marks out', async () => {
    const mail = await rendered({}, { ...html(body), tracking_settings: OFF });
    expect(mail.links).toEqual([]);
    expect(mail.html).toBe(body.replace(' clicktracking=off', '').replace(' clicktracking="off"', ''));
  });

  it('rewrites the text part only when asked', async () => {
    const content = [{ type: 'text/plain', value: 'See https://a.example/x. Or (https://b.example/y)' }];
    expect((await rendered({}, { content })).text).toContain('https://a.example/x.');
    const mail = await rendered(
      {},
      { content, tracking_settings: { click_tracking: { enable: true, enable_text: true } } },
    );
    expect(mail.links).toEqual(['https://a.example/x', 'https://b.example/y']);
    expect(mail.text).toBe(`See ${sandbox.url}/mailbox/click/1/0. Or (${sandbox.url}/mailbox/click/1/1)`);
  });

  it('adds campaign parameters a link does not have yet', async () => {
    const mail = await rendered(
      {},
      {
        ...html('<a href="https://a.example/?utm_source=own">A</a>'),
        tracking_settings: { ganalytics: { enable: true, utm_source: 's', utm_medium: 'email' } },
      },
    );
    expect(mail.links).toEqual(['https://a.example/?utm_source=own&utm_medium=email']);
  });

  it('copes with a > inside an attribute', () => {
    expect(listLinks('<a title="a > b" href="https://a.example/">x</a>')).toEqual(['https://a.example/']);
    expect(
      trackHtmlLinks(
        '<abbr href="https://a.example/">x</abbr>',
        0,
        () => 'no',
        (url) => url,
      ).links,
    ).toEqual([]);
  });
});

describe('open tracking', () => {
  it('puts one pixel before the end of the body, only when enabled', async () => {
    const on = await rendered(
      {},
      { ...html('<html><body><p>x</p></body></html>'), tracking_settings: { open_tracking: { enable: true } } },
    );
    expect(on.html).toMatch(new RegExp(`<p>x</p><img src="${sandbox.url}/mailbox/open/0.gif"[^>]*></body></html>$`));
    const off = await rendered({}, { ...html('<p>x</p>'), tracking_settings: OFF });
    expect(off.html).toBe('<p>x</p>');
  });

  it('puts the pixel where the substitution tag stands', async () => {
    const mail = await rendered(
      {},
      { ...html('<p>%o%x</p>'), tracking_settings: { open_tracking: { enable: true, substitution_tag: '%o%' } } },
    );
    expect(mail.html).toMatch(/^<p><img [^>]*>x<\/p>$/);
  });

  it('follows the account when the request says nothing', async () => {
    expect((await rendered({}, html('<p>x</p>'))).html).toContain('<img');
    sandbox.part.state.settings.accountOpenTracking = false;
    expect((await rendered({}, html('<p>x</p>'))).html).toBe('<p>x</p>');
  });
});

describe('other settings', () => {
  it("add a footer and SendGrid's own unsubscribe link and headers", async () => {
    const mail = await rendered(
      {},
      {
        content: [
          { type: 'text/plain', value: 'x' },
          { type: 'text/html', value: '<body>x</body>' },
        ],
        mail_settings: { footer: { enable: true, text: 'foot', html: '<i>foot</i>' } },
        tracking_settings: {
          ...OFF,
          subscription_tracking: { enable: true, html: '<p><% leave %></p>', text: 'Leave: <% %>' },
        },
      },
    );
    const url = `${sandbox.url}/mailbox/unsubscribe/0`;
    expect(mail.html).toBe(`<body>x<i>foot</i><p><a href="${url}">leave</a></p></body>`);
    expect(mail.text).toBe(`x\nfoot\nLeave: ${url}`);
    expect(mail.headers).toMatchObject({
      'List-Unsubscribe': `<${url}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });
});
