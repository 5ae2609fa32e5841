// Turns a recorded event into the JSON object SendGrid's event webhook posts. Called by the poster.
import type { EventType, MailEvent, Message } from './message';

const DELIVERY_IP = '149.72.0.1';

/** Fields each kind of event has when nothing else is recorded. */
const USUAL: Partial<Record<EventType, Record<string, string | number>>> = {
  delivered: { ip: DELIVERY_IP, response: '250 2.0.0 OK', tls: 1 },
  deferred: { ip: DELIVERY_IP, tls: 1 },
  bounce: { ip: DELIVERY_IP, tls: 1 },
};

/** One element of the posted array: custom arguments at the top level, SendGrid's own fields winning over them. */
export function eventPayload(message: Message, event: MailEvent): Record<string, unknown> {
  return {
    ...message.customArgs,
    email: message.to,
    timestamp: Math.floor(event.at / 1000),
    'smtp-id': `<${message.messageId}@geopod-ismtpd-sandbox>`,
    event: event.type,
    ...(message.categories === undefined ? {} : { category: message.categories }),
    sg_event_id: eventId(message, event),
    sg_message_id: message.sgMessageId,
    ...USUAL[event.type],
    ...event.extra,
  };
}

/** The same for every post of the same event: receivers use it to drop repeats. */
function eventId(message: Message, event: MailEvent): string {
  const ordinal = message.events.filter((other) => other.type === event.type && other.seq < event.seq).length;
  return Buffer.from(`${event.type}-${ordinal}-${message.id}-${message.messageId}`).toString('base64url');
}
