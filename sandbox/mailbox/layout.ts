// The frame around every mailbox page, and the words for what happened to a message.
import { html, type Markup, type Piece, raw } from '../admin/html';
import type { EventType } from '../sendgrid/message';
import { STYLE } from './style';

const WORDS: Record<EventType | 'scheduled', string> = {
  processed: 'Accepted',
  delivered: 'Delivered',
  deferred: 'Put off',
  bounce: 'Bounced',
  dropped: 'Dropped',
  open: 'Opened',
  click: 'Clicked',
  spamreport: 'Marked as spam',
  unsubscribe: 'Unsubscribed',
  scheduled: 'On its way',
};

export function stateBadge(state: EventType | 'scheduled'): Markup {
  return html`<span class="state ${state}">${WORDS[state]}</span>`;
}

/** Business time as people read it, in UTC. */
export function showTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A whole page. `now` is the business time shown at the top. */
export function renderPage({ title, now, content }: { title: string; now: number; content: Piece }): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
<header class="top"><a class="name" href="/mailbox">Mailbox</a><a href="/">Sandbox</a><a href="/control">Controls</a><span class="time">It is ${showTime(now)}</span></header>
<main>${content}</main>
</body>
</html>`.text;
}
