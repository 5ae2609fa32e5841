// The list of e-mails: newest first, with search and paging.
import { html, type Markup } from '../admin/html';
import { type Message, statusOf } from '../sendgrid/message';
import type { SendgridState } from '../sendgrid/state';
import { renderPage, showTime, stateBadge } from './layout';
import { listSenders, searchMessages } from './search';

const PER_PAGE = 50;

export interface ListQuery {
  text: string;
  from: string;
  page: number;
}

/** Renders one page of the list. */
export function renderList(state: SendgridState, query: ListQuery): string {
  const { total, messages } = searchMessages(state, {
    text: query.text === '' ? undefined : query.text,
    from: query.from === '' ? undefined : query.from,
    all: true,
    offset: (query.page - 1) * PER_PAGE,
    limit: PER_PAGE,
  });
  return renderPage({
    title: 'Mailbox',
    now: state.now(),
    content: html`<h1>Mailbox</h1>
<p style="margin:0 0 16px;color:var(--soft)">Every e-mail the local SendGrid has taken. Nothing leaves this machine.</p>
${filterForm(state, query)}
<div class="card">${messages.length === 0 ? emptiness(query) : html`<ul class="mails">${messages.map(row)}</ul>`}</div>
${paging(query, total)}`,
  });
}

function filterForm(state: SendgridState, query: ListQuery): Markup {
  const senders = listSenders(state);
  return html`<form class="filter" method="get" action="/mailbox">
<input type="search" name="q" value="${query.text}" placeholder="Recipient or subject" aria-label="Recipient or subject">
<select name="from" aria-label="Sender"><option value="">All senders</option>${senders.map(
    (sender) => html`<option value="${sender}"${sender === query.from ? html` selected` : ''}>${sender}</option>`,
  )}</select>
<button class="main">Search</button></form>`;
}

function emptiness(query: ListQuery): Markup {
  const searched = query.text !== '' || query.from !== '';
  return searched
    ? html`<p class="empty">No e-mail fits this search. <a href="/mailbox">Show all</a></p>`
    : html`<p class="empty">No e-mail yet. It appears here as soon as the app sends one.</p>`;
}

function row(message: Message): Markup {
  return html`<li><a href="/mailbox/messages/${message.id}">
<span class="who">${message.toName ?? message.to}<small>${message.toName === undefined ? `from ${message.fromName ?? message.from}` : message.to}</small></span>
<span class="what">${message.subject}</span>
<span class="badge">${stateBadge(statusOf(message))}</span>
<time datetime="${new Date(message.sentAt).toISOString()}">${showTime(message.sentAt).replace(' UTC', '')}</time></a></li>`;
}

function paging(query: ListQuery, total: number): Markup | undefined {
  if (total === 0) return undefined;
  const last = Math.max(1, Math.ceil(total / PER_PAGE));
  const first = (query.page - 1) * PER_PAGE + 1;
  const link = (page: number, words: string): Markup => {
    const search = new URLSearchParams({
      ...(query.text && { q: query.text }),
      ...(query.from && { from: query.from }),
      page: String(page),
    });
    return html`<a class="button" href="/mailbox?${search.toString()}">${words}</a>`;
  };
  return html`<nav class="pages" aria-label="Pages"><span>${first} to ${Math.min(total, query.page * PER_PAGE)} of ${total.toLocaleString('en')}</span>
<span>${query.page > 1 ? link(query.page - 1, 'Newer') : ''} ${query.page < last ? link(query.page + 1, 'Older') : ''}</span></nav>`;
}
