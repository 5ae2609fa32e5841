// The account's suppression lists: who may not be mailed any more, and why. Filled by bounces, spam reports and unsubscribes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { MailRequest } from './mail-request';

export const SUPPRESSION_LISTS = ['bounces', 'spam_reports', 'unsubscribes', 'blocks', 'invalid_emails'] as const;
export type SuppressionList = (typeof SUPPRESSION_LISTS)[number];

export interface Suppression {
  email: string;
  /** Business time in seconds. */
  created: number;
  reason?: string;
  status?: string;
  ip?: string;
}

const DROP_REASONS: [SuppressionList, string][] = [
  ['bounces', 'Bounced Address'],
  ['spam_reports', 'Spam Reporting Address'],
  ['unsubscribes', 'Unsubscribed Address'],
];

export class Suppressions {
  private readonly entries = new Map<string, Suppression>();
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
    if (existsSync(file)) this.entries = new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, Suppression][]);
  }

  add(account: string, list: SuppressionList, entry: Suppression): void {
    const key = keyOf(account, list, entry.email);
    if (this.entries.has(key)) return;
    this.entries.set(key, entry);
    this.save();
  }

  list(account: string, list: SuppressionList): Suppression[] {
    const start = keyOf(account, list, '');
    return [...this.entries].filter(([key]) => key.startsWith(start)).map(([, entry]) => entry);
  }

  get(account: string, list: SuppressionList, email: string): Suppression | undefined {
    return this.entries.get(keyOf(account, list, email));
  }

  /** Takes addresses off a list; returns how many stood on it. */
  remove(account: string, list: SuppressionList, emails: string[]): number {
    const removed = emails.filter((email) => this.entries.delete(keyOf(account, list, email))).length;
    if (removed > 0) this.save();
    return removed;
  }

  /** Why a mail to this address is dropped, or undefined when it may go. Bypass settings of the request are honored. */
  dropReason(account: string, email: string, request: MailRequest): string | undefined {
    if (this.entries.size === 0) return undefined;
    const settings = request.mail_settings;
    if (settings?.bypass_list_management?.enable === true) return undefined;
    const bypassed: Partial<Record<SuppressionList, boolean | undefined>> = {
      bounces: settings?.bypass_bounce_management?.enable,
      spam_reports: settings?.bypass_spam_management?.enable,
      unsubscribes: settings?.bypass_unsubscribe_management?.enable,
    };
    return DROP_REASONS.find(([list]) => bypassed[list] !== true && this.entries.has(keyOf(account, list, email)))?.[1];
  }

  private save(): void {
    writeFileSync(this.file, JSON.stringify([...this.entries]));
  }
}

function keyOf(account: string, list: SuppressionList, email: string): string {
  return `${account} ${list} ${email.toLowerCase()}`;
}
