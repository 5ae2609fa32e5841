/** Shows the story's outcome: a table for people, one JSON document for programs, `.eml` files for mail programs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../tests/harness/world';
import { tellMoment } from './calendar';
import type { Check } from './checks';
import type { Report } from './report';

/** The document of `--json`. */
export function toDocument({ emails, holds }: Report, checks: readonly Check[]): object {
  return {
    emails: emails.map(({ mail: _, ...email }) => email),
    withheld: holds.map(({ customer, scenario, step, sentence }) => ({ customer, scenario, step, reason: sentence })),
    checks,
  };
}

/** Columns as wide as their longest entry. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** What a person reads at the end. */
export function toText({ emails, holds }: Report, checks: readonly Check[]): string {
  const sent = table(
    ['Time', 'To', 'Scenario', 'Step', 'Language', 'Subject'],
    emails.map((mail) => [
      tellMoment(mail.sentAt),
      mail.to,
      mail.scenario ?? '?',
      mail.step ?? '?',
      mail.language ?? '?',
      mail.subject,
    ]),
  );
  const held = table(
    ['Time', 'Customer', 'Scenario', 'Step', 'Reason'],
    holds.map((hold) => [tellMoment(hold.at), hold.customer, hold.scenario, hold.step, hold.sentence]),
  );
  return `\n${emails.length} e-mails reached the mailbox\n\n${sent}\n\n${holds.length} times an e-mail was withheld or put off\n\n${held}\n\n${tellVerdict(checks)}\n`;
}

/** How many checks hold, and which do not. */
export function tellVerdict(checks: readonly Check[]): string {
  const failed = checks.filter((check) => !check.ok);
  return [
    `${checks.length - failed.length} of ${checks.length} checks hold.`,
    ...failed.map((check) => `  ✗ ${check.name}: ${check.detail}`),
  ].join('\n');
}

/** Writes each e-mail as a mail server would get it: `001-emma@example.com-first-reminder.eml`. */
export async function writeSources(world: World, { emails }: Report, dir: string): Promise<number> {
  mkdirSync(dir, { recursive: true });
  for (const [index, { to, step, mail }] of emails.entries()) {
    const name = `${String(index + 1).padStart(3, '0')}-${to}-${step ?? 'unknown'}`.replaceAll(/[^\w.@-]/g, '_');
    writeFileSync(join(dir, `${name}.eml`), await world.mailbox.source(mail));
  }
  return emails.length;
}
