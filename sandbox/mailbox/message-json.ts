// The JSON form of a message, for stories and tests.
import { type Message, statusOf } from '../sendgrid/message';
import { renderMail } from '../sendgrid/render';
import type { SendgridState } from '../sendgrid/state';

/** What the index knows: no body is read. */
export function summaryJson(message: Message): Record<string, unknown> {
  return {
    id: message.id,
    to: message.to,
    toName: message.toName ?? null,
    subject: message.subject,
    from: message.from,
    fromName: message.fromName ?? null,
    sentAt: new Date(message.sentAt).toISOString(),
    status: statusOf(message),
    xMessageId: message.messageId,
    sgMessageId: message.sgMessageId,
    account: message.account,
    customArgs: message.customArgs,
    categories: message.categories ?? [],
    events: message.events.map(({ type, at, extra }) => ({ type, at: new Date(at).toISOString(), ...extra })),
    eml: `/mailbox/api/messages/${message.id}.eml`,
  };
}

/** The whole message. `html` and `text` are as received, with tracking; `untrackedHtml` is before it was put in. */
export function messageJson(state: SendgridState, message: Message): Record<string, unknown> {
  const mail = renderMail(state, message);
  return {
    ...summaryJson(message),
    replyTo: mail.replyTo,
    headers: mail.headers,
    html: mail.html ?? null,
    untrackedHtml: mail.untrackedHtml ?? null,
    text: mail.text ?? null,
    links: mail.links.map((url, i) => ({ url, clickUrl: `${state.host.url}/mailbox/click/${message.id}/${i}` })),
  };
}
