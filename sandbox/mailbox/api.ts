// The mailbox as JSON, for stories and tests: /mailbox/api/messages and what a recipient can do with one.
import type { Request } from 'express';
import { SandboxRefusal } from '../http/refusal';
import { type App, jsonBody, route } from '../http/router';
import type { Message } from '../sendgrid/message';
import type { SendgridPart } from '../sendgrid/part';
import { buildEml } from './eml';
import { clickLink, findLink, openMail, unsubscribeOneClick } from './engage';
import { messageJson, summaryJson } from './message-json';
import { type Search, searchMessages } from './search';

const API = '/mailbox/api/messages';
const MOST = 1000;

/** The message a path names; a number that names none is a 404. */
export function messageOf(part: SendgridPart, req: Request): Message {
  const message = part.state.message(Number(req.params.id));
  if (message === undefined) throw new SandboxRefusal('There is no such e-mail.', 404);
  return message;
}

/** Adds the JSON routes. */
export function mountApi(app: App, part: SendgridPart): void {
  const { state } = part;
  app.get(
    API,
    route((req, res) => {
      const { total, messages } = searchMessages(state, searchOf(req));
      const one = req.query.bodies === '0' ? summaryJson : (message: Message) => messageJson(state, message);
      res.json({ total, messages: messages.map(one) });
    }),
  );
  app.get(
    `${API}/:id(\\d+).eml`,
    route(async (req, res) => {
      const message = messageOf(part, req);
      res
        .type('message/rfc822')
        .attachment(`mail-${message.id}.eml`)
        .send(await buildEml(state, message));
    }),
  );
  app.get(
    `${API}/:id(\\d+)`,
    route((req, res) => {
      res.json(messageJson(state, messageOf(part, req)));
    }),
  );
  app.post(
    `${API}/:id(\\d+)/:action(open|click|bounce|spam|unsubscribe)`,
    jsonBody,
    route(async (req, res) => {
      res.json(await act(part, messageOf(part, req), req));
    }),
  );
}

async function act(part: SendgridPart, message: Message, req: Request): Promise<object> {
  const body = (req.body ?? {}) as { machine?: unknown; url?: unknown; link?: unknown };
  switch (req.params.action) {
    case 'open':
      openMail(part, message, { machine: body.machine === true });
      return { done: 'open' };
    case 'click': {
      const link = typeof body.url === 'string' ? findLink(part, message, body.url) : Number(body.link ?? 0);
      return { done: 'click', url: clickLink(part, message, link, {}) };
    }
    case 'bounce':
      part.delivery.bounce(message);
      return { done: 'bounce' };
    case 'spam':
      part.delivery.reportSpam(message);
      return { done: 'spam' };
    default:
      return { done: 'unsubscribe', ...(await unsubscribeOneClick(part, message)) };
  }
}

function searchOf(req: Request): Search {
  const text = (name: string): string | undefined => {
    const value = req.query[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const args = Object.entries(req.query).filter(([name]) => name.startsWith('arg.'));
  return {
    text: text('q'),
    to: text('to'),
    subject: text('subject'),
    from: text('from'),
    messageId: text('xMessageId'),
    since: timeOf(text('since')),
    until: timeOf(text('until')),
    customArgs: Object.fromEntries(args.map(([name, value]) => [name.slice(4), String(value)])),
    all: text('all') === '1',
    oldestFirst: text('order') === 'asc',
    offset: Math.max(0, Number(text('offset') ?? 0) || 0),
    limit: Math.min(MOST, Math.max(1, Number(text('limit') ?? 100) || 100)),
  };
}

function timeOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw new SandboxRefusal(`"${value}" is not a time.`, 400);
  return time;
}
