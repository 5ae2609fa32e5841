// Every accepted request, kept once on disk; parsed bodies are cached a few at a time. Used by the state and by rendering.
import { Journal, type LinePlace } from './journal';
import type { MailRequest, Personalization } from './mail-request';

export interface RequestHead {
  messageId: string;
  /** Business time of acceptance in milliseconds. */
  at: number;
  account: string;
}

interface StoredLine extends RequestHead {
  body: MailRequest;
}

const CACHED = 12;

export class RequestLog {
  private readonly journal: Journal;
  private readonly places: LinePlace[] = [];
  private readonly heads: RequestHead[] = [];
  private readonly cache = new Map<number, MailRequest>();

  constructor(file: string) {
    this.journal = new Journal(file);
  }

  /** Reads back what an earlier run accepted. */
  load(visit: (request: number, head: RequestHead, body: MailRequest) => void): void {
    this.journal.replay((line, place) => {
      const { body, ...head } = JSON.parse(line) as StoredLine;
      visit(this.remember(head, place), head, body);
    });
  }

  /** Keeps a request; `raw` is its JSON as received. Returns its number. */
  add(head: RequestHead, body: MailRequest, raw: Buffer): number {
    const json = raw.includes(0x0a) ? JSON.stringify(body) : raw;
    const start = JSON.stringify(head).slice(0, -1);
    const request = this.remember(head, this.journal.append(start, ',"body":', json, '}'));
    this.keep(request, body);
    return request;
  }

  head(request: number): RequestHead {
    const head = this.heads[request];
    if (head === undefined) throw new Error(`No request ${request}.`);
    return head;
  }

  body(request: number): MailRequest {
    const cached = this.cache.get(request);
    if (cached !== undefined) return cached;
    const place = this.places[request];
    if (place === undefined) throw new Error(`No request ${request}.`);
    const { body } = JSON.parse(this.journal.read(place)) as StoredLine;
    this.keep(request, body);
    return body;
  }

  /** Removes people from a stored request, on disk too. The envelopes keep their place in the list. */
  forget(request: number, isForgotten: (email: string) => boolean): void {
    const place = this.places[request];
    if (place === undefined) return;
    const stored = JSON.parse(this.journal.read(place)) as StoredLine;
    stored.body.personalizations = stored.body.personalizations.map((entry) => withoutPeople(entry, isForgotten));
    this.journal.overwrite(place, JSON.stringify(stored));
    this.cache.delete(request);
  }

  close(): void {
    this.journal.close();
  }

  private remember(head: RequestHead, place: LinePlace): number {
    this.places.push(place);
    this.heads.push(head);
    return this.heads.length - 1;
  }

  private keep(request: number, body: MailRequest): void {
    this.cache.delete(request);
    this.cache.set(request, body);
    for (const oldest of this.cache.keys()) {
      if (this.cache.size <= CACHED) break;
      this.cache.delete(oldest);
    }
  }
}

/** Blanks the forgotten addresses; when nobody is left, everything personal goes too. */
function withoutPeople(entry: Personalization, isForgotten: (email: string) => boolean): Personalization {
  const everyone = [...entry.to, ...(entry.cc ?? []), ...(entry.bcc ?? [])];
  const blank = { email: '' };
  const cleared = (list: Personalization['to']): Personalization['to'] =>
    list.map((one) => (isForgotten(one.email.toLowerCase()) ? blank : one));
  const gone = everyone.every((one) => one.email === '' || isForgotten(one.email.toLowerCase()));
  const lists: Personalization = { to: cleared(entry.to) };
  if (entry.cc !== undefined) lists.cc = cleared(entry.cc);
  if (entry.bcc !== undefined) lists.bcc = cleared(entry.bcc);
  if (gone) return lists;
  return { ...entry, ...lists };
}
