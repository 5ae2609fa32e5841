// What goes wrong on purpose: at the mail endpoint, for certain recipients, and on the way of events. Set through /control/api/sendgrid/faults.
import { SandboxRefusal } from '../http/refusal';

/** What happens to one of the next mail/send requests instead of a normal answer. */
export interface SendFault {
  /**
   * `answer`: this status; `reset`: the connection is cut before any answer; `silence`: no answer ever comes;
   * `delay`: the request waits, then goes on as usual.
   */
  kind: 'answer' | 'reset' | 'silence' | 'delay';
  /** How many requests are hit; `always` until cleared. */
  times: number | 'always';
  status?: number;
  /** For 429: seconds until the limit resets. */
  resetSeconds?: number;
  ms?: number;
  /** Whether the mail is taken although the answer says or shows nothing of it. */
  accept?: boolean;
}

export type RecipientFate = 'bounce' | 'block' | 'defer' | 'spam';

export interface EventFaults {
  /** Events pile up and are not posted. */
  hold: boolean;
  /** Every post is made twice. */
  double: boolean;
  shuffle: boolean;
  /** Real milliseconds every event waits before its first post. */
  delayMs: number;
}

export interface FaultSettings {
  send: SendFault[];
  /** Addresses SendGrid calls invalid: the whole request is refused with 400. */
  refuseRecipients: string[];
  /** What becomes of mail to these addresses. */
  recipients: Record<string, RecipientFate>;
  events: EventFaults;
}

const KINDS = ['answer', 'reset', 'silence', 'delay'];
const FATES = ['bounce', 'block', 'defer', 'spam'];

export class Faults {
  private settings: FaultSettings = noFaults();

  show(): FaultSettings {
    return this.settings;
  }

  clear(): void {
    this.settings = noFaults();
  }

  /** Replaces each part that is given; the others stay. */
  change(given: unknown): void {
    if (given === null || typeof given !== 'object') throw new SandboxRefusal('Faults are a JSON object.');
    const parts = given as Partial<Record<keyof FaultSettings, unknown>>;
    const next = { ...this.settings };
    if (parts.send !== undefined) next.send = list(parts.send).map(readSendFault);
    if (parts.refuseRecipients !== undefined)
      next.refuseRecipients = list(parts.refuseRecipients).map((one) => String(one).toLowerCase());
    if (parts.recipients !== undefined) next.recipients = readFates(parts.recipients);
    if (parts.events !== undefined) next.events = { ...next.events, ...(parts.events as Partial<EventFaults>) };
    this.settings = next;
  }

  /** Takes the fault that hits the next mail/send request, if any. */
  takeSend(): SendFault | undefined {
    const fault = this.settings.send[0];
    if (fault === undefined || fault.times === 'always') return fault;
    if (fault.times > 1) this.settings.send[0] = { ...fault, times: fault.times - 1 };
    else this.settings.send = this.settings.send.slice(1);
    return fault;
  }

  refuses(email: string): boolean {
    return this.settings.refuseRecipients.includes(email.toLowerCase());
  }

  fateOf(email: string): RecipientFate | undefined {
    return this.settings.recipients[email.toLowerCase()];
  }

  get events(): EventFaults {
    return this.settings.events;
  }
}

function noFaults(): FaultSettings {
  return {
    send: [],
    refuseRecipients: [],
    recipients: {},
    events: { hold: false, double: false, shuffle: false, delayMs: 0 },
  };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function readSendFault(value: unknown): SendFault {
  const { kind, times, status, resetSeconds, ms, accept } = (value ?? {}) as Partial<SendFault>;
  if (kind === undefined || !KINDS.includes(kind))
    throw new SandboxRefusal(`A send fault's kind is one of ${KINDS.join(', ')}.`);
  if (kind === 'answer' && !(Number.isInteger(status) && Number(status) >= 400 && Number(status) < 600)) {
    throw new SandboxRefusal('An "answer" fault needs a status from 400 to 599.');
  }
  const fault: SendFault = { kind, times: times === 'always' ? 'always' : Math.max(1, Number(times ?? 1) || 1) };
  if (status !== undefined) fault.status = Number(status);
  if (resetSeconds !== undefined) fault.resetSeconds = Number(resetSeconds);
  if (ms !== undefined) fault.ms = Number(ms);
  fault.accept = accept ?? kind === 'silence';
  return fault;
}

function readFates(value: unknown): Record<string, RecipientFate> {
  const fates: Record<string, RecipientFate> = {};
  for (const [email, fate] of Object.entries((value ?? {}) as Record<string, unknown>)) {
    if (!FATES.includes(String(fate)))
      throw new SandboxRefusal(`What becomes of a recipient is one of ${FATES.join(', ')}.`);
    fates[email.toLowerCase()] = fate as RecipientFate;
  }
  return fates;
}
