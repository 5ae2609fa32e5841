// The mailbox for people: list, message, the frame with the e-mail in it, its links, pixel and buttons.
import type { Request } from 'express';
import { html } from '../admin/html';
import { SandboxRefusal } from '../http/refusal';
import { type App, formBody, route } from '../http/router';
import type { Message } from '../sendgrid/message';
import type { SendgridPart } from '../sendgrid/part';
import { renderMail } from '../sendgrid/render';
import { messageOf } from './api';
import { clickLink, openMail, unsubscribeOneClick, type Visitor } from './engage';
import { renderPage } from './layout';
import { renderList } from './list-page';
import { FRAME_POLICY, renderFrame } from './mail-frame';
import { type Notice, renderMessage, TABS, type Tab } from './message-page';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Adds the pages. */
export function mountPages(app: App, part: SendgridPart): void {
  const { state } = part;
  app.get(
    '/mailbox',
    route((req, res) => {
      const page = Math.max(1, Math.floor(Number(req.query.page)) || 1);
      res
        .type('html')
        .send(renderList(state, { text: String(req.query.q ?? '').trim(), from: String(req.query.from ?? ''), page }));
    }),
  );
  app.get(
    '/mailbox/messages/:id(\\d+)',
    route(async (req, res) => {
      const tab = TABS.find((one) => one === req.query.tab) ?? 'desktop';
      res.type('html').send(await renderMessage(state, messageOf(part, req), tab, noticeOf(req)));
    }),
  );
  app.get(
    '/mailbox/messages/:id(\\d+)/html',
    route((req, res) => {
      res
        .set('Content-Security-Policy', FRAME_POLICY)
        .type('html')
        .send(renderFrame(renderMail(state, messageOf(part, req)), req.query.dark === '1'));
    }),
  );
  app.post(
    '/mailbox/messages/:id(\\d+)/:action(open|bounce|spam|unsubscribe)',
    formBody,
    route(async (req, res) => {
      const message = messageOf(part, req);
      const notice = await act(part, message, req);
      const search = new URLSearchParams({
        tab: 'events' satisfies Tab,
        [notice.bad ? 'failed' : 'done']: notice.text,
      });
      res.redirect(303, `/mailbox/messages/${message.id}?${search.toString()}`);
    }),
  );
  mountTracking(app, part);
}

function noticeOf(req: Request): Notice | undefined {
  const { done, failed } = req.query;
  if (typeof failed === 'string') return { text: failed, bad: true };
  return typeof done === 'string' ? { text: done, bad: false } : undefined;
}

async function act(part: SendgridPart, message: Message, req: Request): Promise<Notice> {
  try {
    return { text: await doneWords(part, message, req), bad: false };
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), bad: true };
  }
}

async function doneWords(part: SendgridPart, message: Message, req: Request): Promise<string> {
  switch (req.params.action) {
    case 'open':
      openMail(part, message, visitorOf(req));
      return 'Opened: SendGrid reports it to the app.';
    case 'bounce':
      part.delivery.bounce(message);
      return `Bounced: SendGrid drops further mail to ${message.to}.`;
    case 'spam':
      part.delivery.reportSpam(message);
      return `Marked as spam: SendGrid drops further mail to ${message.to}.`;
    default: {
      const { url, status } = await unsubscribeOneClick(part, message);
      if (status < 200 || status > 299) throw new SandboxRefusal(`The app answered ${status} at ${url}.`, 409);
      return `Unsubscribed: ${url} answered ${status}.`;
    }
  }
}

function visitorOf(req: Request): Visitor {
  return { userAgent: req.get('user-agent'), ip: req.ip };
}

function mountTracking(app: App, part: SendgridPart): void {
  app.get(
    '/mailbox/click/:id(\\d+)/:link(\\d+)',
    route((req, res) => {
      const message = messageOf(part, req);
      const link = Number(req.params.link);
      // Link checkers ask with HEAD: they are sent on and not counted.
      const url =
        req.method === 'HEAD'
          ? renderMail(part.state, message).links[link]
          : clickLink(part, message, link, visitorOf(req));
      if (url === undefined) throw new SandboxRefusal('This e-mail has no such tracked link.', 404);
      // Header values are ASCII: other characters go percent-encoded, as a browser would write them.
      const location = url.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
      res.status(302).set('Location', location).end();
    }),
  );
  app.get(
    '/mailbox/open/:id(\\d+).gif',
    route((req, res) => {
      openMail(part, messageOf(part, req), visitorOf(req));
      res.set('Cache-Control', 'no-store').type('image/gif').send(PIXEL);
    }),
  );
  app.get(
    '/mailbox/unsubscribe/:id(\\d+)',
    route((req, res) => {
      const message = messageOf(part, req);
      const content = html`<h1>Unsubscribe ${message.to}?</h1><form method="post"><button class="main">Unsubscribe</button></form>`;
      res.type('html').send(renderPage({ title: 'Unsubscribe', now: part.state.now(), content }));
    }),
  );
  app.post(
    '/mailbox/unsubscribe/:id(\\d+)',
    formBody,
    route((req, res) => {
      const message = messageOf(part, req);
      part.delivery.unsubscribe(message);
      const content = html`<h1>${message.to} is unsubscribed</h1>`;
      res.type('html').send(renderPage({ title: 'Unsubscribed', now: part.state.now(), content }));
    }),
  );
}
