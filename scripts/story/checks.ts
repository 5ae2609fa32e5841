/** Holds what happened against what was expected: everything expected is there, nothing else is, and the e-mails say what they should. */
import type { Mail } from '../../tests/harness/mailbox';
import { type Calendar, tellMoment } from './calendar';
import { addressOf, type Cast } from './cast';
import { EXPECTED_HOLDS, EXPECTED_MAILS, type ExpectedHold, type ExpectedMail } from './expected';
import { readableHtml } from './readable-html';
import type { Hold, Report, SentMail } from './report';

export interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

/** The clock of the story runs on while its people act. */
const TOLERANCE_MS = 3 * 60_000;

/** Every check of the story, those of single e-mails first. */
export async function check(report: Report, { cast, when }: { cast: Cast; when: Calendar }): Promise<Check[]> {
  return [
    ...compareMails(report.emails, when),
    ...compareHolds(report.holds),
    ...checkContent(report.emails, cast),
    ...(await checkStore(cast)),
  ];
}

const describeMail = (mail: SentMail) => `${mail.to} ${mail.scenario} ${mail.step} ${tellMoment(mail.sentAt)}`;
const describeHold = (hold: Hold) => `${hold.customer} ${hold.scenario} ${hold.step}: ${hold.reason}`;

function none(name: string, found: string[]): Check {
  return { name, ok: found.length === 0, detail: found.length === 0 ? 'none' : found.join('; ') };
}

/** Each expected e-mail, and that there is no other. */
export function compareMails(emails: readonly SentMail[], when: Calendar): Check[] {
  const left = [...emails];
  const mailChecks = EXPECTED_MAILS.map((expected): Check => {
    const at = when(expected.at);
    const found = left.findIndex((mail) => isExpected(mail, expected, at));
    const [mail] = found === -1 ? [] : left.splice(found, 1);
    const { to, scenario, step, language } = expected;
    return {
      name: `${to} gets ${scenario} ${step} in ${language}, ${tellMoment(at)}`,
      ok: mail !== undefined,
      detail: mail ? `“${mail.subject}”, ${tellMoment(mail.sentAt)}` : 'It did not come.',
    };
  });
  return [...mailChecks, none('Nobody gets an e-mail that is not expected', left.map(describeMail))];
}

function isExpected(mail: SentMail, { to, scenario, step, language }: ExpectedMail, at: Date): boolean {
  return (
    mail.to === addressOf(to) &&
    mail.scenario === scenario &&
    mail.step === step &&
    mail.language === language &&
    Math.abs(Date.parse(mail.sentAt) - at.getTime()) <= TOLERANCE_MS
  );
}

/** Each expected e-mail that is kept back, and that there is no other. */
export function compareHolds(holds: readonly Hold[]): Check[] {
  const left = [...holds];
  const holdChecks = EXPECTED_HOLDS.map((expected): Check => {
    const found = left.findIndex((hold) => isExpectedHold(hold, expected));
    const [hold] = found === -1 ? [] : left.splice(found, 1);
    const { customer, scenario, step, outcome, reasons } = expected;
    return {
      name: `${customer}’s ${scenario} ${step} is ${outcome}: ${reasons.join(' or ')}`,
      ok: hold !== undefined,
      detail: hold ? hold.sentence : 'There is no such decision.',
    };
  });
  return [...holdChecks, none('Nothing else is withheld or put off', left.map(describeHold))];
}

function isExpectedHold(hold: Hold, { customer, scenario, step, outcome, reasons }: ExpectedHold): boolean {
  return (
    hold.customer === addressOf(customer) &&
    hold.scenario === scenario &&
    hold.step === step &&
    hold.outcome === outcome &&
    reasons.includes(hold.reason)
  );
}

function checkContent(emails: readonly SentMail[], { shelf, store }: Cast): Check[] {
  const of = (name: Parameters<typeof addressOf>[0]) => emails.find((one) => one.to === addressOf(name))?.mail;
  const shows = (mail: Mail | undefined, ...words: string[]) =>
    words.every((word) => mail?.text.includes(word) && readableHtml(mail.untrackedHtml).includes(word));
  const [ines, emma, theo, nadia] = [of('ines'), of('emma'), of('theo'), of('nadia')];
  const all = (name: Parameters<typeof addressOf>[0]) => emails.filter((one) => one.to === addressOf(name));
  const codes = (name: Parameters<typeof addressOf>[0]) => all(name).map(({ mail }) => codeOf(mail));
  const given = new Set(
    ['alice', 'bruno', 'chloe', 'elsa', 'camille'].map((name) => codes(name as 'alice').find(Boolean)),
  );
  const lame = emails.filter(({ mail }) => !canUnsubscribe(mail) || !mail.text.includes('12 rue des Lilas'));
  const holes = emails.filter(({ mail }) => /undefined|NaN|\[object|\{\{|\}\}/.test(`${mail.subject}${mail.text}`));
  return [
    {
      name: 'Inès’ reminder shows what is left in her cart, not what she took out',
      ok: shows(ines, shelf.teapot.title) && !ines?.text.includes(shelf.scarf.title),
      detail: ines?.subject ?? '',
    },
    {
      name: 'Emma’s reminder shows both her items, their prices in euro and the way back to her checkout',
      ok: shows(emma, shelf.candle.title, shelf.bowl.title, '€29.00') && leadsTo(emma, `${store.url}/checkouts/`),
      detail: emma?.links.map((link) => link.url).join(' ') ?? '',
    },
    {
      name: 'Théo’s reminder is about his newer checkout',
      ok: shows(theo, shelf.lamp.title) && !theo?.text.includes(shelf.bowl.title),
      detail: theo?.subject ?? '',
    },
    {
      name: 'Nadia, who subscribed in a checkout she paid, is thanked for her order',
      ok: nadia?.subject.startsWith('Merci') === true,
      detail: nadia?.subject ?? '',
    },
    {
      name: 'Nadia, who just bought, gets no welcome code; Camille finds the same one in each of her e-mails',
      ok:
        codes('nadia').every((code) => code === null) &&
        new Set(codes('camille')).size === 1 &&
        codes('camille')[0] !== null,
      detail: codes('camille').join(' '),
    },
    {
      name: 'Alice’s reminder repeats the code of her birthday',
      ok: codes('alice')[0] !== null && codes('alice')[0] === codes('alice')[1],
      detail: codes('alice').join(' '),
    },
    {
      name: 'Chloé reads of other things than the one she owns, and finds a code from the second e-mail on',
      ok:
        !all('chloe')[0]?.mail.text.includes(shelf.bowl.title) &&
        codes('chloe')[0] === null &&
        codes('chloe')[1] === codes('chloe')[2],
      detail: codes('chloe').join(' '),
    },
    { name: 'Nobody shares a code', ok: given.size === 5, detail: [...given].join(' ') },
    none('Every e-mail can be unsubscribed from by one click and bears a postal address', lame.map(describeMail)),
    none('No e-mail shows an empty hole', holes.map(describeMail)),
  ];
}

const codeOf = ({ text }: Mail): string | null => /\b[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}\b/.exec(text)?.[0] ?? null;

function leadsTo(mail: Mail | undefined, url: string): boolean {
  return mail?.links.some((link) => link.url.startsWith(url)) ?? false;
}

function canUnsubscribe({ headers }: Mail): boolean {
  return (
    /^<https?:\/\/\S+>$/.test(headers['List-Unsubscribe'] ?? '') &&
    headers['List-Unsubscribe-Post'] === 'List-Unsubscribe=One-Click'
  );
}

/** What Shopify and the app's own records say in the end. */
async function checkStore({ store, people }: Cast): Promise<Check[]> {
  const lea = await store.look<{ consent: { state: string } }>(`customers/${people.lea.id()}`);
  const odile = await people.odile.decisions();
  const credited = await store.ask<{ email: string; step: string }>(
    `select c.email, m.step from attributions a
       join messages m on m.shop_id = a.shop_id and m.id = a.message_id
       join customers c on c.shop_id = m.shop_id and c.id = m.customer_id`,
  );
  const credits = credited.map(({ email, step }) => `${email} ${step}`).sort();
  const elsa = await store.look<{ tags: string[] }>(`customers/${people.elsa.id()}`);
  return [
    { name: 'Shopify knows Elsa as a VIP', ok: elsa.tags.includes('VIP'), detail: elsa.tags.join(', ') },
    {
      name: 'Shopify knows that Léa unsubscribed',
      ok: lea.consent.state === 'UNSUBSCRIBED',
      detail: lea.consent.state,
    },
    none(
      'The import starts nothing',
      odile.map((row) => `${row.scenario} ${row.kind}`),
    ),
    {
      name: 'The orders of Inès and Emma count for the reminders they clicked, Bruno’s for the code he used',
      ok:
        credits.join() ===
        `${addressOf('bruno')} the-day,${addressOf('emma')} first-reminder,${addressOf('ines')} first-reminder`,
      detail: credits.join(', ') || 'none',
    },
  ];
}
