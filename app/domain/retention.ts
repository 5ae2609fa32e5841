/**
 * How long the rows of every table are kept: the one place that says so. `pipeline/forget` removes what is older, a few at a
 * time; `queue/boss` tells the queue; `docs/operations.md` says it to whoever runs Relance, and a test holds that no table is left out.
 */
import type { ScenarioKey } from './scenario';

/** In days. */
export const KEPT_DAYS = {
  /** Bodies of what Shopify and SendGrid told, once applied: they hold addresses, and the time to look into a fault is a week. */
  eventBodies: 7,
  /** Their keys: Shopify repeats for hours, SendGrid for a day; a key this old is never told again. */
  eventKeys: 60,
  /**
   * What was decided about a person, e-mails and clicks: a year and what it is compared with. Longer than the cap (7 days), the
   * longest attribution (30), the longest wait of a scenario (60) and VIP's period (90) look back.
   */
  timelines: 400,
  /** Figures by day; the reports compare 30 days with the 30 before, an owner with last year. */
  dailyFigures: 800,
  /** What was collected for a customer who asked: the owner has 30 days to answer, the copy must not outlive its purpose. */
  dataRequests: 90,
  /** A list of people who must not get e-mails that the owner brought and never said yes to: full of addresses, soon out of date. */
  undecidedLists: 2,
  /** Links to a preview live for seven days; for a while longer their page says that they ended. */
  previewLinks: 30,
} as const;

/** In seconds, of the queue's own tables: jobs that are done, and jobs nobody took. */
export const QUEUE_KEPT_SECONDS = { done: 24 * 3600, untaken: 30 * 24 * 3600 } as const;

export type Kept = keyof typeof KEPT_DAYS;

/**
 * Scenarios that come again by the calendar: once its time is over, an enrollment of theirs is the key of nothing any more, and goes with
 * the decision that tells of its end. Those for a cart go with the cart; the others are one for each customer, or for each last order.
 */
export const COME_AGAIN: readonly ScenarioKey[] = ['birthday', 'vip'];

/**
 * By table. `shop`: as long as Relance is installed, and then until Shopify asks for erasure (48 hours later); such tables grow
 * with the store's people, products and orders, not with time. `ever`: one row for each store there was.
 */
export const KEPT_BY_TABLE: Readonly<Record<string, readonly Kept[] | 'shop' | 'ever'>> = {
  inbound_events: ['eventBodies', 'eventKeys'],
  decisions: ['timelines'],
  messages: ['timelines'],
  clicks: ['timelines'],
  // With the last one, the address of a guest who left nothing else.
  checkouts: ['timelines'],
  daily_counts: ['dailyFigures'],
  data_requests: ['dataRequests'],
  // What came of those that were imported stays; their people went with that.
  refusal_rows: ['undecidedLists'],
  refusal_lists: ['undecidedLists'],
  preview_links: ['previewLinks'],
  // An enrollment is the key that keeps a welcome from coming twice: only those for a cart, which is gone by then, and for a day or a
  // period that is over are removed.
  enrollments: ['timelines'],
  codes: ['timelines'],
  // One for each scenario, offer and end day: of those that are over and out of Shopify again nobody asks any more.
  discounts: ['timelines'],
  // What follows is as large as the store.
  shops: 'shop',
  customers: 'shop',
  customer_words: 'shop',
  products: 'shop',
  variants: 'shop',
  orders: 'shop',
  order_lines: 'shop',
  refunds: 'shop',
  attributions: 'shop',
  scenario_settings: 'shop',
  scenario_versions: 'shop',
  // Fifty edits and one draft a scenario.
  scenario_saves: 'shop',
  scenario_drafts: 'shop',
  audience_counts: 'shop',
  imports: 'shop',
  sender_domains: 'shop',
  scenario_looks: 'shop',
  authenticated_domains: 'shop',
  subusers: 'shop',
  // Its token; deleted when Relance is uninstalled.
  sessions: 'shop',
  // A domain's number is never given to another.
  shop_domains: 'ever',
};
