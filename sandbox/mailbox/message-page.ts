// One e-mail: who, what, when, the recipient's buttons, and tabs for each way of looking at it.
import { html, type Markup } from '../admin/html';
import { type Message, statusOf } from '../sendgrid/message';
import { type RenderedMail, renderMail, tracksOpens } from '../sendgrid/render';
import type { SendgridState } from '../sendgrid/state';
import { buildEml, headerLines } from './eml';
import { renderPage, showTime, stateBadge } from './layout';
import { senderOf } from './search';

export const TABS = ['desktop', 'phone', 'dark', 'text', 'source', 'headers', 'events'] as const;
export type Tab = (typeof TABS)[number];

const TAB_WORDS: Record<Tab, string> = {
  desktop: 'Rendered',
  phone: 'Phone',
  dark: 'Dark',
  text: 'Text',
  source: 'Source',
  headers: 'Headers',
  events: 'Events',
};

export interface Notice {
  text: string;
  bad: boolean;
}

/** Renders the page of one message with the chosen tab. */
export async function renderMessage(
  state: SendgridState,
  message: Message,
  tab: Tab,
  notice: Notice | undefined,
): Promise<string> {
  const mail = renderMail(state, message);
  return renderPage({
    title: message.subject,
    now: state.now(),
    content: html`${notice === undefined ? '' : html`<p class="notice${notice.bad ? ' bad' : ''}" role="status">${notice.text}</p>`}
<h1>${message.subject}</h1>
${stateBadge(statusOf(message))}
${facts(message, mail)}
${actions(state, message, mail)}
<div class="card"><nav class="tabs" aria-label="Views">${TABS.map((one) => tabLink(message, one, tab))}</nav>
${await tabContent(state, message, mail, tab)}</div>`,
  });
}

function tabLink(message: Message, one: Tab, current: Tab): Markup {
  return html`<a href="/mailbox/messages/${message.id}?tab=${one}"${one === current ? html` aria-current="page"` : ''}>${TAB_WORDS[one]}</a>`;
}

function facts(message: Message, mail: RenderedMail): Markup {
  const replyTo = mail.replyTo.map(({ email, name }) => (name === undefined ? email : `${name} <${email}>`)).join(', ');
  return html`<dl class="facts">
<dt>From</dt><dd>${senderOf(message)}</dd>
<dt>To</dt><dd>${message.toName === undefined ? message.to : `${message.toName} <${message.to}>`}</dd>
${replyTo === '' ? '' : html`<dt>Reply to</dt><dd>${replyTo}</dd>`}
<dt>Sent</dt><dd>${showTime(message.sentAt)}</dd></dl>`;
}

function actions(state: SendgridState, message: Message, mail: RenderedMail): Markup {
  const oneClick = Object.keys(mail.headers).some((name) => name.toLowerCase() === 'list-unsubscribe-post');
  const action = (name: string, words: string, unable?: string): Markup =>
    html`<form method="post" action="/mailbox/messages/${message.id}/${name}"><button${unable === undefined ? '' : html` disabled title="${unable}"`}>${words}</button></form>`;
  return html`<div class="actions">
${action('open', 'Open', tracksOpens(state, message) ? undefined : 'This e-mail carries no open pixel')}
${action('unsubscribe', 'One-click unsubscribe', oneClick ? undefined : 'This e-mail has no List-Unsubscribe-Post header')}
${action('spam', 'Mark as spam')}
${action('bounce', 'Bounce')}
<a class="button" href="/mailbox/api/messages/${message.id}.eml">Download .eml</a></div>`;
}

async function tabContent(state: SendgridState, message: Message, mail: RenderedMail, tab: Tab): Promise<Markup> {
  switch (tab) {
    case 'desktop':
    case 'phone':
    case 'dark':
      return frame(message, mail, tab);
    case 'text':
      return mail.text === undefined
        ? html`<p class="empty">This e-mail has no text part.</p>`
        : html`<pre>${mail.text}</pre>`;
    case 'source':
      return html`<pre>${(await buildEml(state, message)).toString('utf8')}</pre>`;
    case 'headers':
      return headersTable(headerLines(await buildEml(state, message)));
    case 'events':
      return eventsTable(message);
  }
}

function frame(message: Message, mail: RenderedMail, tab: 'desktop' | 'phone' | 'dark'): Markup {
  if (mail.html === undefined) return html`<p class="empty">This e-mail has no HTML part.</p>`;
  const view = tab === 'dark' ? '?dark=1' : '';
  return html`<div class="stage ${tab}"><iframe class="frame ${tab}" title="The e-mail" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mailbox/messages/${message.id}/html${view}"></iframe></div>`;
}

function headersTable(lines: { name: string; value: string }[]): Markup {
  return html`<div class="scroll"><table>${lines.map(({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table></div>`;
}

function eventsTable(message: Message): Markup {
  const rows = message.events.map(
    ({ type, at, extra }) =>
      html`<tr><th scope="row">${showTime(at)}</th><td>${stateBadge(type)}</td><td>${Object.entries(extra ?? {})
        .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
        .join(' · ')}</td></tr>`,
  );
  const args = Object.entries(message.customArgs).map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td colspan="2">${value}</td></tr>`,
  );
  return html`<div class="scroll"><table>${rows}${args}<tr><th scope="row">sg_message_id</th><td colspan="2">${message.sgMessageId}</td></tr></table></div>`;
}
