// The mail the sandbox's SendGrid has taken: messages, their events and lists. Shared by the API routes and the mailbox.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DnsTable } from './dns';
import { EventLog } from './event-log';
import { EventPosters } from './event-posters';
import { Faults } from './faults';
import { openDataFolder, readSettings, type SendgridHost, type SendgridSettings } from './host';
import { type Address, type MailRequest, mergedArgs, type Personalization } from './mail-request';
import type { EventExtra, EventType, Message } from './message';
import { RequestLog } from './request-log';
import { SenderDomains } from './sender-domains';
import { substitute } from './substitute';
import { Subusers } from './subusers';
import { Suppressions } from './suppressions';
import { openWebhookKey, type WebhookKey } from './webhook-key';

export class SendgridState {
  readonly host: SendgridHost;
  readonly settings: SendgridSettings;
  readonly faults = new Faults();
  readonly requests: RequestLog;
  readonly suppressions: Suppressions;
  readonly key: WebhookKey;
  readonly poster: EventPosters;
  readonly dns: DnsTable;
  readonly domains: SenderDomains;
  readonly subusers: Subusers;
  readonly messages: Message[] = [];
  readonly batches = new Set<string>();
  readonly counts = { requests: 0, accepted: 0, refused: 0, sandboxMode: 0 };
  private readonly events: EventLog;
  private readonly folder: { path: string; remove: () => void };

  constructor(host: SendgridHost) {
    this.host = host;
    this.settings = readSettings(host);
    this.folder = openDataFolder(host);
    this.requests = new RequestLog(join(this.folder.path, 'requests.jsonl'));
    this.events = new EventLog(join(this.folder.path, 'events.jsonl'));
    this.suppressions = new Suppressions(join(this.folder.path, 'suppressions.json'));
    this.key = openWebhookKey(this.folder.path, this.settings.eventPrivateKey);
    this.dns = new DnsTable(join(this.folder.path, 'dns.json'));
    this.domains = new SenderDomains({
      file: join(this.folder.path, 'sender-domains.json'),
      dns: this.dns,
      settings: this.settings,
    });
    this.poster = new EventPosters({
      url: this.settings.eventsUrl,
      key: this.key,
      faults: this.faults,
      onPosted: (items) => this.events.acknowledge(items.map((item) => item.event.seq)),
    });
    this.subusers = new Subusers(join(this.folder.path, 'subusers.json'), (changed) => this.poster.follow(changed));
    for (const subuser of this.subusers.list()) this.poster.follow(subuser);
    this.load();
  }

  now(): number {
    return this.host.clock.now();
  }

  /** Keeps a request and makes one message per recipient; what becomes of them is decided by delivery. */
  add(body: MailRequest, raw: Buffer, account: string): Message[] {
    const head = { messageId: randomBytes(16).toString('base64url'), at: this.now(), account };
    const request = this.requests.add(head, body, raw);
    this.counts.accepted += 1;
    return this.index(request, body);
  }

  message(id: number): Message | undefined {
    const message = this.messages[id];
    return message === undefined || message.erased ? undefined : message;
  }

  envelope(message: Message): { body: MailRequest; personalization: Personalization } {
    const body = this.requests.body(message.request);
    const personalization = body.personalizations[message.personalization];
    if (personalization === undefined) throw new Error(`Message ${message.id} has no envelope.`);
    return { body, personalization };
  }

  /** Records an event now (business time) and queues it for the app. */
  record(message: Message, type: EventType, extra?: EventExtra): void {
    const event = this.events.add(message.id, type, this.now(), extra);
    message.events.push(event);
    this.poster.enqueue(message, event);
  }

  saveEvents(): void {
    this.events.flush();
  }

  /** Erases people: from memory, from the stored requests and from the events still to be posted. */
  erase(emails: string[]): number {
    const wanted = new Set(emails.map((email) => email.toLowerCase()));
    const gone = this.messages.filter((message) => !message.erased && wanted.has(message.to.toLowerCase()));
    for (const message of gone) {
      Object.assign(message, { to: '', toName: undefined, subject: '', erased: true });
    }
    for (const request of new Set(gone.map((message) => message.request))) {
      this.requests.forget(request, (email) => wanted.has(email));
    }
    this.poster.drop((message) => message.erased);
    return gone.length;
  }

  async close(): Promise<void> {
    await this.poster.close();
    this.events.close();
    this.requests.close();
    this.folder.remove();
  }

  private load(): void {
    this.requests.load((request, _head, body) => {
      this.index(request, body);
    });
    this.events.load((id, event) => {
      this.messages[id]?.events.push(event);
    });
    for (const message of this.messages) {
      if (message.erased) continue;
      for (const event of message.events) if (this.events.isWaiting(event.seq)) this.poster.enqueue(message, event);
    }
  }

  private index(request: number, body: MailRequest): Message[] {
    const first = this.messages.length;
    body.personalizations.forEach((personalization, position) => {
      for (const kind of ['to', 'cc', 'bcc'] as const) {
        for (const recipient of personalization[kind] ?? [])
          this.indexOne({ request, body, personalization, position, kind, recipient });
      }
    });
    return this.messages.slice(first);
  }

  private indexOne(found: Found): void {
    const { request, body, personalization, position, kind, recipient } = found;
    const head = this.requests.head(request);
    const from = personalization.from ?? body.from;
    const sendAt = personalization.send_at ?? body.send_at;
    this.messages.push({
      id: this.messages.length,
      request,
      personalization: position,
      kind,
      messageId: head.messageId,
      sgMessageId: `${head.messageId}.recvd-5d9f7b6c4-sandb-1-${request.toString(16).toUpperCase()}-0.${position}`,
      account: head.account,
      customArgs: mergedArgs(body, personalization),
      categories: body.categories,
      to: recipient.email,
      toName: recipient.name,
      subject: substitute(personalization.subject ?? body.subject ?? '', personalization.substitutions, body.sections),
      from: from.email,
      fromName: from.name,
      sentAt: sendAt === undefined ? head.at : Math.max(head.at, sendAt * 1000),
      events: [],
      erased: recipient.email === '',
    });
  }
}

interface Found {
  request: number;
  body: MailRequest;
  personalization: Personalization;
  position: number;
  kind: 'to' | 'cc' | 'bcc';
  recipient: Address;
}
