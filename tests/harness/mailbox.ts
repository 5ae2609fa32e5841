/** The shopper's side of an e-mail: find it, read it, click in it, unsubscribe by its header, call it spam. */
import type { JsonDoor } from './json-door';

export interface Mail {
  id: number;
  to: string;
  subject: string;
  from: string;
  fromName: string | null;
  sentAt: string;
  xMessageId: string;
  /** `shop` and `message`, as the app gave them. */
  customArgs: Record<string, string>;
  events: { type: string; at: string }[];
  replyTo: { email: string }[];
  headers: Record<string, string>;
  /** Before SendGrid put its tracking in. */
  untrackedHtml: string;
  html: string;
  text: string;
  links: { url: string; clickUrl: string }[];
}

export interface Mailbox {
  /** Oldest first. `all` adds what never arrived. */
  list(filter?: { to?: string; shopId?: number; since?: Date; all?: boolean }): Promise<Mail[]>;
  /** RFC 8058's POST, as a mailbox provider makes it; answers the status. */
  unsubscribe(mail: Mail): Promise<number>;
  /** Follows the first link whose address begins like this; answers the address it led to. */
  click(mail: Mail, urlStart: string): Promise<string>;
  reportSpam(mail: Mail): Promise<void>;
  bounce(mail: Mail): Promise<void>;
  /** The source a mail server would get. */
  source(mail: Mail): Promise<string>;
}

const MESSAGES = '/mailbox/api/messages';

export function openMailbox(sandbox: JsonDoor, sandboxUrl: string): Mailbox {
  const act = <T>(mail: Mail, action: string, body: object = {}) =>
    sandbox.post<T>(`${MESSAGES}/${mail.id}/${action}`, body);
  return {
    async list({ to, shopId, since, all } = {}) {
      const query = new URLSearchParams({ order: 'asc', limit: '1000' });
      if (to) query.set('to', to);
      if (shopId !== undefined) query.set('arg.shop', String(shopId));
      if (since) query.set('since', since.toISOString());
      if (all) query.set('all', '1');
      return (await sandbox.get<{ messages: Mail[] }>(`${MESSAGES}?${query}`)).messages;
    },
    unsubscribe: async (mail) => (await act<{ status: number }>(mail, 'unsubscribe')).status,
    click: async (mail, url) => (await act<{ url: string }>(mail, 'click', { url })).url,
    reportSpam: async (mail) => void (await act(mail, 'spam')),
    bounce: async (mail) => void (await act(mail, 'bounce')),
    async source(mail) {
      const answer = await fetch(`${sandboxUrl}${MESSAGES}/${mail.id}.eml`);
      if (!answer.ok) throw new Error(`The mailbox answered ${answer.status} for the source of e-mail ${mail.id}`);
      return answer.text();
    },
  };
}
