// Finds messages in the mailbox: for the list page and the JSON API.
import { arrived, type Message } from '../sendgrid/message';
import type { SendgridState } from '../sendgrid/state';

export interface Search {
  /** Part of recipient or subject. */
  text?: string | undefined;
  /** The whole recipient address. */
  to?: string | undefined;
  /** Part of the subject. */
  subject?: string | undefined;
  /** The whole sender address, or `name <address>` as the sender list shows it. */
  from?: string | undefined;
  messageId?: string | undefined;
  /** Business times in milliseconds. */
  since?: number | undefined;
  until?: number | undefined;
  customArgs?: Record<string, string> | undefined;
  /** Also what was dropped, bounced or still waits. */
  all?: boolean | undefined;
  oldestFirst?: boolean | undefined;
  offset: number;
  limit: number;
}

export interface Found {
  total: number;
  messages: Message[];
}

/** Newest first unless asked otherwise. Sent time decides; messages of one moment keep the order they were accepted in. */
export function searchMessages(state: SendgridState, search: Search): Found {
  const fits = matcher(search);
  const found = state.messages.filter(fits);
  found.sort((a, b) =>
    search.oldestFirst === true ? a.sentAt - b.sentAt || a.id - b.id : b.sentAt - a.sentAt || b.id - a.id,
  );
  return { total: found.length, messages: found.slice(search.offset, search.offset + search.limit) };
}

function matcher(search: Search): (message: Message) => boolean {
  const text = search.text?.toLowerCase();
  const to = search.to?.toLowerCase();
  const subject = search.subject?.toLowerCase();
  const from = search.from?.toLowerCase();
  const args = Object.entries(search.customArgs ?? {});
  return (message) =>
    !message.erased &&
    (search.all === true || arrived(message)) &&
    (to === undefined || message.to.toLowerCase() === to) &&
    (from === undefined || message.from.toLowerCase() === from || senderOf(message).toLowerCase() === from) &&
    (subject === undefined || message.subject.toLowerCase().includes(subject)) &&
    (text === undefined || message.to.toLowerCase().includes(text) || message.subject.toLowerCase().includes(text)) &&
    (search.messageId === undefined || message.messageId === search.messageId) &&
    (search.since === undefined || message.sentAt >= search.since) &&
    (search.until === undefined || message.sentAt <= search.until) &&
    args.every(([name, value]) => message.customArgs[name] === value);
}

/** `Name <address>`, as people tell senders (and so shops) apart. */
export function senderOf(message: Message): string {
  return message.fromName === undefined ? message.from : `${message.fromName} <${message.from}>`;
}

/** Every sender in the mailbox, by name. */
export function listSenders(state: SendgridState): string[] {
  const senders = new Set<string>();
  for (const message of state.messages) if (!message.erased) senders.add(senderOf(message));
  return [...senders].sort((a, b) => a.localeCompare(b));
}
