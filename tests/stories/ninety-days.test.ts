/** One shopper in every scenario at once, for ninety days: how often they are written to, for what, and why not more. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addDuration, DAY, type Duration, HOUR, MINUTE } from '../../app/lib/duration';
import type { Mail } from '../harness/mailbox';
import type { DecisionRow } from '../harness/rows';
import type { Shopper } from '../harness/shopper';
import { type Product, type Store, switchOn } from '../harness/store';
import { clockAt } from './course';
import { enterWorld } from './enter-world';

const PARIS = 'Europe/Paris';
/** Real seconds pass while the clock stands at a due moment. */
const AROUND = 3 * MINUTE;
/** Nobody is looked for in stretches in which nobody can be found. */
const QUICKLY = { skipScans: true };

interface Sent {
  mail: Mail;
  at: number;
  decision: DecisionRow;
}

const world = await enterWorld();
let store: Store;
let start: Date;
let camille: Shopper;
let carts: Product[];
let ordered: Date;
let left: Date;
let back: Date;
let decisions: DecisionRow[];
let sent: Sent[];

const later = (duration: Duration) => addDuration(start, duration);
const ago = (days: number) => new Date(start.getTime() - days * DAY).toISOString();
const dayInParis = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: PARIS }).format(at);
const of = (scenario: string) => sent.filter(({ decision }) => decision.scenario === scenario);
/** Days of the calendar since the first one: `14 second-reminder`. */
const daysOf = (some: readonly Sent[]) =>
  some.map(({ at, decision: { scenario, step } }) => {
    const days = (Date.parse(dayInParis(new Date(at))) - Date.parse(dayInParis(start))) / DAY;
    return `${days} ${scenario} ${step}`;
  });

async function open(): Promise<Product> {
  start = world.now();
  store = await world.openStore({ handle: 'all-at-once', name: 'Maison Tilleul', locale: 'fr' });
  const stock = (title: string) => store.stock({ title, price: '90.00' });
  const candle = await stock('Bougie Tilleul');
  carts = [];
  for (const title of ['Bol Sauge', 'Lampe Aube', 'Vase Brume', 'Tasse Givre', 'Plateau Roc', 'Miroir Onde'])
    carts.push(await stock(title));
  camille = await store.shopper({
    email: 'camille@example.com',
    locale: 'fr',
    firstName: 'Camille',
    birthDate: `1988${dayInParis(later('15d')).slice(4)}`,
  });
  // Every twenty days until thirty-nine days ago: missed tomorrow, and among the best for what they spent.
  for (const day of [79, 59, 39]) await camille.order([[candle, 2]], { at: ago(day) });
  await store.install();
  await world.settle();
  await store.admin.saveScenario('vip', { audience: { by: 'spend', amount: '300.00' } });
  await switchOn(store, 'welcome', 'abandoned-checkout', 'birthday', 'win-back', 'vip');
  await world.settle();
  return candle;
}

const leaveCart = (index: number) => camille.abandon([carts[index] as Product]);

beforeAll(async () => {
  await world.advanceToTime('10:00');
  const candle = await open();
  await camille.subscribe();
  await leaveCart(0);
  await world.advanceTo(later('5h'));
  await store.admin.enrollStanding('vip', 1);
  await world.advanceTo(later('4d'));
  await leaveCart(1);
  await world.advanceTo(later('13d'), QUICKLY);
  await leaveCart(2);
  await world.advanceTo(later('322h'), QUICKLY);
  await leaveCart(3);
  await world.advanceTo(later('358h'), QUICKLY);
  await camille.order([candle]);
  ordered = world.now();
  await world.advanceTo(later('40d'), QUICKLY);
  await camille.withdraw();
  left = world.now();
  await leaveCart(4);
  await world.advanceTo(later('43d'), QUICKLY);
  back = world.now();
  await camille.subscribe();
  await world.advanceTo(later('76d'), QUICKLY);
  await leaveCart(5);
  await world.advanceTo(later('79d'));
  await world.advanceTo(later('90d'), QUICKLY);
  await world.advanceTo(later('92d'));
  decisions = await camille.decisions();
  sent = (await camille.mails()).map((mail) => {
    const mine = decisions.filter(({ kind, messageId }) => kind === 'sent' && messageId === mail.customArgs.message);
    expect(mine).toHaveLength(1);
    return { mail, at: Date.parse(mail.sentAt), decision: mine[0] as DecisionRow };
  });
}, 180_000);

describe('one shopper in every scenario at once', () => {
  it('gets at most three e-mails in any seven days', () => {
    const most = Math.max(
      ...sent.map(({ at }) => sent.filter((other) => other.at > at - 7 * DAY && other.at <= at).length),
    );
    expect(most).toBe(3);
  });

  it('gets them sixteen hours apart, but for a first reminder, which waits for nothing less important', () => {
    const close = sent.flatMap((one, i) => {
      const before = sent[i - 1];
      return before && one.at - before.at < 16 * HOUR
        ? [`${before.decision.scenario}, ${one.decision.scenario} ${one.decision.step}`]
        : [];
    });
    expect(close).toEqual(['welcome, abandoned-checkout first-reminder']);
  });

  it('gets none at night', () => {
    for (const { mail } of sent) {
      const time = clockAt(mail, PARIS);
      expect(time >= '08:00' && time < '21:00', time).toBe(true);
    }
  });

  it('is in a scenario once for each cause', () => {
    const causes = decisions
      .filter(({ kind }) => kind === 'enrolled')
      .map(({ scenario, facts }) => {
        const { checkoutId, day, lastOrderAt, period } = facts;
        return `${scenario} ${checkoutId ?? day ?? lastOrderAt ?? period ?? ''}`;
      });
    expect(new Set(causes).size).toBe(causes.length);
    const counted = Object.entries(Object.groupBy(causes, (cause) => cause.split(' ')[0] ?? ''));
    expect(Object.fromEntries(counted.map(([scenario, some]) => [scenario, some?.length]))).toEqual({
      welcome: 1,
      'abandoned-checkout': carts.length,
      birthday: 1,
      'win-back': 2,
      vip: 2,
    });
  });

  it('never gets two e-mails for one step of one cause', () => {
    const steps = sent.map(({ decision }) => `${decision.enrollmentId} ${decision.step}`);
    expect(new Set(steps).size).toBe(steps.length);
    // The same from the outside: what a cart's e-mails show is that cart, each subject once.
    for (const { title } of carts) {
      const subjects = of('abandoned-checkout').flatMap(({ mail }) =>
        mail.text.includes(title) ? [mail.subject] : [],
      );
      expect(new Set(subjects).size).toBe(subjects.length);
    }
  });

  it('is subscribed a second time, and reads no second welcome', () => {
    expect(decisions.filter(({ at, scenario }) => at >= back && scenario === 'welcome')).toMatchObject([
      { kind: 'not-enrolled', reason: 'already-enrolled' },
    ]);
  });

  it('hears no more of a cart or of their absence once they ordered, until there is a new cause', () => {
    const after = sent.filter(({ at }) => at > ordered.getTime() && at < left.getTime());
    expect(after.map(({ decision }) => decision.scenario)).not.toContain('abandoned-checkout');
    expect(after.map(({ decision }) => decision.scenario)).not.toContain('win-back');
    const stopped = decisions.filter(({ reason }) => reason === 'order-placed');
    expect(stopped.map(({ scenario, kind }) => `${scenario} ${kind}`).toSorted()).toEqual([
      'abandoned-checkout ended',
      'win-back withheld',
    ]);
  });

  it('hears nothing at all while they are unsubscribed', () => {
    expect(sent.filter(({ at }) => at > left.getTime() && at < back.getTime())).toEqual([]);
  });

  it('gets the most important of what is due, and the rest when there is room', () => {
    expect(daysOf(sent)).toEqual([
      '0 welcome hello',
      '0 abandoned-checkout first-reminder',
      '1 abandoned-checkout second-reminder',
      '7 welcome last-call',
      '8 vip thanks',
      '9 win-back code',
      '14 abandoned-checkout second-reminder',
      '15 birthday the-day',
      '27 birthday reminder',
      '76 abandoned-checkout first-reminder',
      '77 abandoned-checkout second-reminder',
      '78 abandoned-checkout last-reminder',
      '83 win-back picks',
      '85 win-back code',
      '90 win-back last-call',
      '91 vip thanks-again',
    ]);
  });
});

describe('each e-mail that was planned', () => {
  const endsOf = () => {
    const planned = decisions.filter(({ kind }) => kind === 'planned');
    return planned.map((plan) => ({
      plan,
      rest: decisions.filter(({ messageId, kind }) => messageId === plan.messageId && kind !== 'planned'),
    }));
  };

  it('was sent, or withheld for a reason, once', () => {
    for (const { rest } of endsOf())
      expect(rest.filter(({ kind }) => kind === 'sent' || kind === 'withheld')).toHaveLength(1);
  });

  it('was put off until a moment that came, and then sent or withheld', () => {
    const putOff = endsOf().filter(({ rest }) => rest.some(({ kind }) => kind === 'put-off'));
    expect(putOff.length).toBeGreaterThan(5);
    for (const { rest } of putOff) {
      const end = rest.at(-1);
      const last = rest.findLast(({ kind }) => kind === 'put-off');
      expect(last?.kind).toBe('put-off');
      if (end?.reason === 'order-placed' || end?.reason === 'unsubscribed') continue;
      expect(Number(end?.at)).toBeGreaterThan(Date.parse(String(last?.facts.until)) - AROUND);
    }
  });

  it('that expired says what held it, and that was so', () => {
    const expired = decisions.filter(({ reason }) => reason === 'expired');
    expect(expired.length).toBeGreaterThan(5);
    for (const { at, facts } of expired) {
      const before = sent.filter((one) => one.at <= at.getTime() + AROUND).map((one) => one.at);
      if (facts.heldBy === 'frequency-cap') {
        expect(before.filter((time) => time > at.getTime() - 7 * DAY)).toHaveLength(Number(facts.sentIn7Days));
        expect(facts).toMatchObject({ sentIn7Days: 3, most: 3 });
      } else {
        expect(facts.heldBy).toBe('too-soon');
        expect(Math.abs((before.at(-1) ?? 0) - Date.parse(String(facts.lastSentAt)))).toBeLessThan(AROUND);
        expect(Date.parse(String(facts.expiredAt)) - (before.at(-1) ?? 0)).toBeLessThan(16 * HOUR);
      }
    }
  });

  it('is withheld for no other reason than there was', () => {
    const withheld = decisions.filter(({ kind }) => kind === 'withheld').map(({ reason }) => reason);
    expect([...new Set(withheld)].toSorted()).toEqual(['expired', 'order-placed', 'unsubscribed']);
  });
});
