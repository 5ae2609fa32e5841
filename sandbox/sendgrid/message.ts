// One e-mail to one recipient as the sandbox keeps it in memory: enough to list, search and report on; the body stays on disk.

export const EVENT_TYPES = [
  'processed',
  'delivered',
  'deferred',
  'bounce',
  'dropped',
  'open',
  'click',
  'spamreport',
  'unsubscribe',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What an event carries beside the fields all events share. */
export type EventExtra = Record<string, string | number | boolean | Record<string, string | number>>;

export interface MailEvent {
  seq: number;
  type: EventType;
  /** Business time in milliseconds. */
  at: number;
  extra: EventExtra | undefined;
}

export interface Message {
  /** Position in the mailbox, from 0; never reused. */
  readonly id: number;
  readonly request: number;
  readonly personalization: number;
  readonly kind: 'to' | 'cc' | 'bcc';
  readonly messageId: string;
  readonly sgMessageId: string;
  /** The subuser whose key it came with, or empty. */
  readonly account: string;
  readonly customArgs: Record<string, string>;
  readonly categories: string[] | undefined;
  to: string;
  toName: string | undefined;
  subject: string;
  from: string;
  fromName: string | undefined;
  /** Business time of acceptance, or of `send_at` when that is later. */
  sentAt: number;
  events: MailEvent[];
  erased: boolean;
}

const ENDED: ReadonlySet<EventType> = new Set(['delivered', 'bounce', 'dropped']);

/** Whether the sending of this message has come to an end, one way or another. */
export function isSettled(message: Message): boolean {
  return message.events.some((event) => ENDED.has(event.type));
}

export function hasEvent(message: Message, type: EventType): boolean {
  return message.events.some((event) => event.type === type);
}

/** Whether it reached the recipient's mailbox. */
export function arrived(message: Message): boolean {
  return hasEvent(message, 'delivered');
}

/** The most telling thing that happened, for lists. */
export function statusOf(message: Message): EventType | 'scheduled' {
  const order: EventType[] = [
    'spamreport',
    'bounce',
    'dropped',
    'unsubscribe',
    'click',
    'open',
    'delivered',
    'deferred',
  ];
  return order.find((type) => hasEvent(message, type)) ?? 'scheduled';
}
