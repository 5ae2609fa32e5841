/** What must come of the plot: every e-mail, everything withheld and everything put off. Nothing else may happen. */
import type { Reason } from '../../app/domain/reason';
import type { ScenarioKey } from '../../app/domain/scenario';
import type { Language } from '../../app/lib/language';
import type { StoryTime } from './calendar';
import type { Name } from './cast';

export interface ExpectedMail {
  to: Name;
  scenario: ScenarioKey;
  step: string;
  language: Language;
  at: StoryTime;
}

export interface ExpectedHold {
  customer: Name;
  scenario: ScenarioKey;
  step: string;
  outcome: 'withheld' | 'put-off';
  /** Several where what is heard first decides: paying says "order" and "checkout completed" in one breath. */
  reasons: readonly Reason[];
}

type Mails = readonly [step: string, at: StoryTime][];

const mails = (to: Name, language: Language, scenario: ScenarioKey, list: Mails): ExpectedMail[] =>
  list.map(([step, at]) => ({ to, language, scenario, step, at }));

const CART = 'abandoned-checkout';

export const EXPECTED_MAILS: readonly ExpectedMail[] = [
  ...mails('camille', 'fr', 'welcome', [
    ['hello', [1, '10:00']],
    ['choosing', [3, '10:00']],
    ['last-call', [6, '10:00']],
  ]),
  ...mails('oliver', 'en', 'welcome', [['hello', [1, '10:00']]]),
  ...mails('nadia', 'fr', 'welcome', [
    ['hello', [1, '11:00']],
    ['choosing', [3, '11:00']],
    ['last-call', [6, '11:00']],
  ]),
  ...mails('emma', 'en', CART, [
    ['first-reminder', [1, '11:30']],
    ['second-reminder', [2, '10:30']],
    ['last-reminder', [3, '10:30']],
    ['first-reminder', [15, '11:00']],
  ]),
  ...mails('ines', 'fr', CART, [['first-reminder', [1, '12:00']]]),
  ...mails('jack', 'en', CART, [['first-reminder', [1, '11:30']]]),
  ...mails('lea', 'fr', CART, [['first-reminder', [1, '11:30']]]),
  ...mails('theo', 'fr', CART, [
    ['first-reminder', [1, '11:30']],
    ['second-reminder', [2, '10:30']],
    ['last-reminder', [3, '10:30']],
  ]),
  // The night puts each of hers off to the morning.
  ...mails('zoe', 'fr', CART, [
    ['first-reminder', [2, '08:00']],
    ['second-reminder', [3, '08:00']],
    ['last-reminder', [4, '08:00']],
  ]),
  ...mails('gaelle', 'fr', 'welcome', [['hello', [1, '12:00']]]),
  ...mails('gaelle', 'fr', CART, [['second-reminder', [2, '10:30']]]),
  // She subscribes, and leaves a cart the day after: two scenarios compete for one mailbox.
  ...mails('sofia', 'en', 'welcome', [
    ['hello', [1, '10:00']],
    ['last-call', [8, '10:00']],
  ]),
  ...mails('sofia', 'en', CART, [
    ['first-reminder', [2, '11:30']],
    ['second-reminder', [3, '10:30']],
  ]),
  ...mails('alice', 'fr', 'birthday', [
    ['the-day', [3, '09:00']],
    ['reminder', [15, '09:00']],
  ]),
  ...mails('bruno', 'en', 'birthday', [['the-day', [4, '09:00']]]),
  // At ten on the day that sixty have passed since their order.
  ...mails('chloe', 'fr', 'win-back', [
    ['picks', [2, '10:00']],
    ['code', [9, '10:00']],
    ['last-call', [14, '10:00']],
  ]),
  ...mails('denis', 'fr', 'win-back', [['picks', [2, '10:00']]]),
  ...mails('elsa', 'en', 'vip', [['thanks', [5, '10:00']]]),
];

const withheld = (customer: Name, scenario: ScenarioKey, steps: string[], ...reasons: Reason[]): ExpectedHold[] =>
  steps.map((step) => ({ customer, scenario, step, outcome: 'withheld', reasons }));

const putOff = (customer: Name, scenario: ScenarioKey, steps: string[], reason: Reason): ExpectedHold[] =>
  steps.map((step) => ({ customer, scenario, step, outcome: 'put-off', reasons: [reason] }));

const REMINDERS = ['first-reminder', 'second-reminder', 'last-reminder'];
const LATER_REMINDERS = REMINDERS.slice(1);
const PAID: readonly Reason[] = ['order-placed', 'checkout-completed'];

export const EXPECTED_HOLDS: readonly ExpectedHold[] = [
  ...withheld('oliver', 'welcome', ['choosing', 'last-call'], 'order-placed'),
  ...withheld('hugo', CART, REMINDERS, ...PAID),
  ...withheld('nadia', CART, REMINDERS, ...PAID),
  ...withheld('ines', CART, LATER_REMINDERS, ...PAID),
  ...withheld('jack', CART, LATER_REMINDERS, 'checkout-emptied'),
  ...withheld('lea', CART, LATER_REMINDERS, 'unsubscribed'),
  ...withheld('lea', CART, REMINDERS, 'unsubscribed'),
  ...withheld('marc', CART, REMINDERS, 'not-subscribed'),
  ...withheld('theo', CART, REMINDERS, 'newer-checkout'),
  ...withheld('emma', CART, LATER_REMINDERS, ...PAID),
  // The later ones are due 15 hours after a morning: less than the gap of 16, which ends at night as well.
  ...putOff('zoe', CART, ['first-reminder'], 'quiet-hours'),
  ...putOff('zoe', CART, LATER_REMINDERS, 'too-soon'),
  ...withheld('gaelle', CART, ['first-reminder'], 'not-subscribed'),
  ...withheld('gaelle', CART, ['last-reminder'], ...PAID),
  ...withheld('gaelle', 'welcome', ['choosing', 'last-call'], 'order-placed'),
  // A cart goes before a welcome; then three e-mails in seven days are enough.
  ...putOff('sofia', 'welcome', ['choosing'], 'higher-priority'),
  ...withheld('sofia', CART, ['last-reminder'], 'expired'),
  ...withheld('sofia', 'welcome', ['choosing'], 'expired'),
  ...putOff('sofia', 'welcome', ['last-call'], 'frequency-cap'),
  // He used his code: nothing is left to be reminded of.
  ...withheld('bruno', 'birthday', ['reminder'], 'condition-not-met'),
  ...withheld('denis', 'win-back', ['code', 'last-call'], 'order-placed'),
];
