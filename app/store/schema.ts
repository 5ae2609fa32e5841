/**
 * The tables. Every key begins with the shop; row-level security on all of them is in the hand-written migration
 * beside the generated ones. Times are `timestamptz`; money is `numeric` and travels as a decimal string.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { FoundBrand } from '../domain/brand';
import type { CheckoutLine } from '../domain/checkout';
import type { ConsentState, OptInLevel, Preferences } from '../domain/customer';
import type { Dmarc } from '../domain/dmarc';
import type { DomainStatus, DomainTrouble, ProofRecord } from '../domain/domain-proof';
import type { EnrollmentStatus, EnrollmentSubject } from '../domain/enrollment';
import type { MachineSign } from '../domain/machine-click';
import type { MailPace } from '../domain/mail-pace';
import type { MessageStatus } from '../domain/message';
import type { Offer } from '../domain/offer';
import type { Facts, Reason } from '../domain/reason';
import type { ListSource, RefusalKind } from '../domain/refusal-list';
import type { Ignored } from '../domain/refusal-row';
import type { ScenarioDefinition, ScenarioKey } from '../domain/scenario';
import type { ScenarioChange } from '../domain/scenario-change';
import type { Seen } from '../domain/seen';
import type { PostalAddress, ShopSettings } from '../domain/shop';
import type { Language } from '../lib/language';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const shopId = () => integer('shop_id').notNull();
/** When Shopify said so, to the microsecond: decides between two tellings with the same source timestamp. */
const seenAt = (name = 'source_seen_at') =>
  timestamp(name, { withTimezone: true, mode: 'string' }).notNull().default('-infinity');
const money = (name: string) => numeric(name, { precision: 20, scale: 4 });

/** Which shop a domain is. No row-level security: it is read before the shop is known, and holds nothing else. */
export const shopDomains = pgTable('shop_domains', {
  domain: text('domain').primaryKey(),
  shopId: integer('shop_id').generatedAlwaysAsIdentity().unique(),
});

export const shops = pgTable('shops', {
  shopId: integer('shop_id').primaryKey(),
  domain: text('domain').notNull(),
  name: text('name').notNull().default(''),
  email: text('email'),
  currency: text('currency').notNull().default('USD'),
  timeZone: text('time_zone').notNull().default('UTC'),
  country: text('country'),
  locale: text('locale').notNull().default('en'),
  url: text('url').notNull().default(''),
  address: jsonb('address').$type<PostalAddress>(),
  settings: jsonb('settings').$type<Partial<ShopSettings>>().notNull().default({}),
  settingsVersion: integer('settings_version').notNull().default(1),
  installedAt: at('installed_at'),
  uninstalledAt: at('uninstalled_at'),
  redactedAt: at('redacted_at'),
  pausedAt: at('paused_at'),
  /** How fast it may send, since when, what that rests on, and from when on its e-mails count (see `domain/mail-pace`). */
  mailPace: text('mail_pace').$type<MailPace>().notNull().default('full'),
  mailPaceSince: at('mail_pace_since'),
  mailPaceFacts: jsonb('mail_pace_facts').$type<Facts>().notNull().default({}),
  mailJudgedFrom: at('mail_judged_from'),
  /** Its own sender is not used for now: the domain's records are gone (see `authenticated_domains`). */
  senderHeld: boolean('sender_held').notNull().default(false),
  /** Shopify's own id of the shop: signed payloads name it, headers cannot. */
  shopifyId: text('shopify_id'),
  grantedScopes: text('granted_scopes').notNull().default(''),
  /** Every order Shopify updated before this moment is in the mirror. */
  ordersKnownUntil: at('orders_known_until'),
  reconcileDueAt: at('reconcile_due_at'),
  /** Everything Shopify changed before this moment was asked for by the import or a reconciliation. */
  reconciledUntil: at('reconciled_until'),
  /** The time this database knows nothing of, after it was restored from a copy: see `domain/lost-time`. */
  restoredFrom: at('restored_from'),
  restoredUntil: at('restored_until'),
  /** Real time: until when one worker has the import, and when its next look is on the queue. */
  importLeaseUntil: at('import_lease_until'),
  importPollAt: at('import_poll_at'),
  /** What the store's published theme said of its look when we last looked (see `domain/brand`). */
  foundBrand: jsonb('found_brand').$type<FoundBrand>(),
  /** When the owner put the setup guide away. */
  setupHiddenAt: at('setup_hidden_at'),
  /** When the test e-mails of the last hour were sent. */
  testsSentAt: at('tests_sent_at').array().notNull().default([]),
  sourceUpdatedAt: at('source_updated_at'),
  sourceSeenAt: seenAt(),
});

/** Offline and online sessions; tokens are stored encrypted (see `gateways/shopify`). Keyed by Shopify's session id. */
export const sessions = pgTable('sessions', {
  id: text('id').primaryKey(),
  shop: text('shop').notNull(),
  state: text('state').notNull(),
  isOnline: boolean('is_online').notNull().default(false),
  scope: text('scope'),
  expires: timestamp('expires', { mode: 'date' }),
  accessToken: text('access_token'),
  userId: bigint('user_id', { mode: 'number' }),
  firstName: text('first_name'),
  lastName: text('last_name'),
  email: text('email'),
  accountOwner: boolean('account_owner').default(false),
  locale: text('locale'),
  collaborator: boolean('collaborator').default(false),
  emailVerified: boolean('email_verified').default(false),
  refreshToken: text('refresh_token'),
  refreshTokenExpires: timestamp('refresh_token_expires', { mode: 'date' }),
  /** Real time: until when one process has the refresh of this token. */
  refreshLeaseUntil: at('refresh_lease_until'),
});

/** What the outside world told us, stored before it is answered. `dedupeKey` is the webhook id or the sg_event_id. */
export const inboundEvents = pgTable(
  'inbound_events',
  {
    shopId: shopId(),
    source: text('source').$type<'shopify' | 'sendgrid'>().notNull(),
    topic: text('topic').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    /** To the microsecond, as the source said. */
    triggeredAt: timestamp('triggered_at', { withTimezone: true, mode: 'string' }),
    receivedAt: at('received_at').notNull(),
    payload: text('payload').notNull(),
    /** When its job was last put on the queue again, or last tried in vain; null while the first one was enough. */
    alarmAt: at('alarm_at'),
    processedAt: at('processed_at'),
    outcome: text('outcome'),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.source, t.topic, t.dedupeKey] }),
    index('inbound_events_open').on(t.shopId, t.receivedAt).where(sql`processed_at is null`),
    // For what is too old: bodies to empty, keys to remove. A row stands in one of the three.
    index('inbound_events_bodies').on(t.shopId, t.receivedAt).where(sql`processed_at is not null and payload <> ''`),
    index('inbound_events_keys').on(t.shopId, t.receivedAt).where(sql`processed_at is not null and payload = ''`),
    index('inbound_events_unknown').on(t.shopId, t.receivedAt).where(sql`outcome = 'unknown-message'`),
  ],
);

/** `search_key` and `name_key`, which Postgres makes for the admin's search, stand in the migration `customer_search` alone; `usual_gap` in `usual_gaps`, the index `customers_lapses` in `lapses_from_an_index`. */
export const customers = pgTable(
  'customers',
  {
    shopId: shopId(),
    /** Shopify's numeric id, or `guest:…` for an address that has no customer yet. */
    id: text('id').notNull(),
    email: text('email'),
    emailKey: text('email_key'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    locale: text('locale'),
    country: text('country'),
    tags: text('tags').array().notNull().default([]),
    consentState: text('consent_state').$type<ConsentState>().notNull().default('not_subscribed'),
    consentLevel: text('consent_level').$type<OptInLevel>().notNull().default('unknown'),
    consentUpdatedAt: at('consent_updated_at'),
    consentSeenAt: seenAt('consent_seen_at'),
    /** A consent change made here that Shopify has not accepted yet. */
    consentUnpushed: boolean('consent_unpushed').notNull().default(false),
    openTracking: text('open_tracking').notNull().default('unknown'),
    birthDate: date('birth_date', { mode: 'string' }),
    /** Told or taken away on the preference page, and Shopify has not accepted it yet: until then its word does not count. */
    birthDateUnpushed: boolean('birth_date_unpushed').notNull().default(false),
    /** The larger of Shopify's figure, which covers orders we may not see, and the uncancelled orders in the mirror. */
    ordersCount: integer('orders_count').notNull().default(0),
    ordersTold: integer('orders_told').notNull().default(0),
    /** Of the uncancelled orders in the mirror: kept beside the customer, so that a scan of a million reads one table. */
    ordersSeen: integer('orders_seen').notNull().default(0),
    firstOrderAt: at('first_order_at'),
    lastOrderAt: at('last_order_at'),
    /** Since when they are among the best customers; null while they are not. */
    vipSince: at('vip_since'),
    /** Shopify has the tag of the best customers for them, and it was set here. */
    vipTagOurs: boolean('vip_tag_ours').notNull().default(false),
    /** The customer segment of the owner's that leaves them out; null while none does. */
    leftOutSegment: text('left_out_segment'),
    preferences: jsonb('preferences').$type<Preferences>().notNull().default({ refused: [], fewer: false }),
    suppressed: text('suppressed').$type<'bounced' | 'complained'>(),
    suppressedAt: at('suppressed_at'),
    mergedInto: text('merged_into'),
    /** Of a guest who is not there: since when refusals wait for whoever comes with the address. */
    refusalsLeftAt: at('refusals_left_at'),
    sourceCreatedAt: at('source_created_at'),
    sourceUpdatedAt: at('source_updated_at'),
    sourceSeenAt: seenAt(),
    deletedAt: at('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.id] }),
    index('customers_email').on(t.shopId, t.emailKey),
    index('customers_consent').on(t.shopId, t.consentState, t.consentUpdatedAt),
    // Plain: under row-level security an expression over the column would be no use to the planner.
    index('customers_birthday').on(t.shopId, t.birthDate).where(sql`birth_date is not null`),
    index('customers_last_order').on(t.shopId, t.lastOrderAt).where(sql`last_order_at is not null`),
    index('customers_vip').on(t.shopId, t.vipSince).where(sql`vip_since is not null`),
  ],
);

/**
 * Each word of a customer's `search_key`, sorted by its bytes: the admin finds a rare one here, where row-level security lets
 * an index answer. Triggers in the migration `customer_words` keep it.
 */
export const customerWords = pgTable(
  'customer_words',
  { shopId: shopId(), word: text('word').notNull(), customerId: text('customer_id').notNull() },
  (t) => [primaryKey({ columns: [t.shopId, t.word, t.customerId] })],
);

export const products = pgTable(
  'products',
  {
    shopId: shopId(),
    id: text('id').notNull(),
    title: text('title').notNull(),
    handle: text('handle').notNull(),
    status: text('status').notNull(),
    productType: text('product_type'),
    tags: text('tags').array().notNull().default([]),
    imageUrl: text('image_url'),
    publishedAt: at('published_at'),
    sourceUpdatedAt: at('source_updated_at'),
    sourceSeenAt: seenAt(),
    deletedAt: at('deleted_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.id] })],
);

export const variants = pgTable(
  'variants',
  {
    shopId: shopId(),
    id: text('id').notNull(),
    productId: text('product_id').notNull(),
    title: text('title'),
    position: integer('position').notNull().default(1),
    price: money('price').notNull(),
    compareAtPrice: money('compare_at_price'),
    inventoryQuantity: integer('inventory_quantity'),
    /** Whether it can be bought now: stock is there, not tracked, or overselling is allowed. */
    available: boolean('available').notNull().default(true),
    imageUrl: text('image_url'),
    deletedAt: at('deleted_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.id] }), index('variants_product').on(t.shopId, t.productId)],
);

export const orders = pgTable(
  'orders',
  {
    shopId: shopId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    customerId: text('customer_id'),
    emailKey: text('email_key'),
    checkoutToken: text('checkout_token'),
    checkoutId: text('checkout_id'),
    currency: text('currency').notNull(),
    /** In the shop's currency, before refunds. */
    total: money('total').notNull(),
    refunded: money('refunded').notNull().default('0'),
    financialStatus: text('financial_status'),
    acceptsMarketing: boolean('accepts_marketing').notNull().default(false),
    discountCodes: text('discount_codes').array().notNull().default([]),
    landingSite: text('landing_site'),
    processedAt: at('processed_at').notNull(),
    cancelledAt: at('cancelled_at'),
    sourceUpdatedAt: at('source_updated_at'),
    sourceSeenAt: seenAt(),
    deletedAt: at('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.id] }),
    index('orders_customer').on(t.shopId, t.customerId, t.processedAt),
    index('orders_email').on(t.shopId, t.emailKey, t.processedAt),
    index('orders_checkout').on(t.shopId, t.checkoutToken),
    index('orders_checkout_id').on(t.shopId, t.checkoutId),
    index('orders_processed').on(t.shopId, t.processedAt),
  ],
);

export const orderLines = pgTable(
  'order_lines',
  {
    shopId: shopId(),
    orderId: text('order_id').notNull(),
    id: text('id').notNull(),
    productId: text('product_id'),
    variantId: text('variant_id'),
    title: text('title').notNull(),
    quantity: integer('quantity').notNull(),
    price: money('price').notNull(),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.orderId, t.id] }), index('order_lines_product').on(t.shopId, t.productId)],
);

/** A refund's amount by its own id, so that a repeated webhook deducts once. */
export const refunds = pgTable(
  'refunds',
  {
    shopId: shopId(),
    id: text('id').notNull(),
    orderId: text('order_id').notNull(),
    amount: money('amount').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.id] }), index('refunds_order').on(t.shopId, t.orderId)],
);

export const checkouts = pgTable(
  'checkouts',
  {
    shopId: shopId(),
    id: text('id').notNull(),
    token: text('token'),
    customerId: text('customer_id'),
    email: text('email'),
    emailKey: text('email_key'),
    locale: text('locale'),
    country: text('country'),
    currency: text('currency').notNull(),
    total: money('total').notNull(),
    lines: jsonb('lines').$type<CheckoutLine[]>().notNull().default([]),
    recoveryUrl: text('recovery_url'),
    acceptsMarketing: boolean('accepts_marketing').notNull().default(false),
    sourceCreatedAt: at('source_created_at').notNull(),
    sourceUpdatedAt: at('source_updated_at').notNull(),
    sourceSeenAt: seenAt(),
    completedAt: at('completed_at'),
    deletedAt: at('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.id] }),
    index('checkouts_token').on(t.shopId, t.token),
    index('checkouts_customer').on(t.shopId, t.customerId),
    index('checkouts_email').on(t.shopId, t.emailKey),
    index('checkouts_created').on(t.shopId, t.sourceCreatedAt),
  ],
);

/** One row per scenario the owner ever touched. `overlay` is the owner's edit of the prebuilt definition and e-mails. */
export const scenarioSettings = pgTable(
  'scenario_settings',
  {
    shopId: shopId(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    enabled: boolean('enabled').notNull().default(false),
    enabledAt: at('enabled_at'),
    overlay: jsonb('overlay').notNull().default({}),
    /** Raised by every edit, from 1 for what Relance came with; names the edit among the earlier ones. */
    revision: integer('revision').notNull().default(1),
    /** The version of the owner's own tree; null while the structure is the prebuilt one. */
    structure: integer('structure'),
    updatedAt: at('updated_at').notNull(),
    /** When the owner switched it off; null while it is on or never was. */
    offSince: at('off_since'),
    /** When the scan looks next for whom the scenario concerns, and what the last one found out (the shop's usual gap). */
    scanDueAt: at('scan_due_at'),
    scanFacts: jsonb('scan_facts').$type<Facts>().notNull().default({}),
    /** When the owner had read that Shopify may send the same e-mails itself. */
    doubleSenderReadAt: at('double_sender_read_at'),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.scenario] }),
    index('scenario_settings_scan').on(t.scanDueAt).where(sql`enabled and scan_due_at is not null`),
  ],
);

/** The structures enrollments were started on, so that they finish on theirs. */
export const scenarioVersions = pgTable(
  'scenario_versions',
  {
    shopId: shopId(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    version: integer('version').notNull(),
    definition: jsonb('definition').$type<ScenarioDefinition>().notNull(),
    /** The owner's e-mails as they were when the scenario last had this structure: it may have them no more. */
    emails: jsonb('emails').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.scenario, t.version] })],
);

/** The owner's edits as they were saved, the last fifty of each scenario. */
export const scenarioSaves = pgTable(
  'scenario_saves',
  {
    shopId: shopId(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    revision: integer('revision').notNull(),
    savedAt: at('saved_at').notNull(),
    /** Shopify's id of the user; null where it is not known. */
    savedBy: text('saved_by'),
    overlay: jsonb('overlay').notNull(),
    changes: jsonb('changes').$type<ScenarioChange[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.scenario, t.revision] })],
);

/** What the owner is editing and has not made live: one per scenario, so that no browser's end loses it. */
export const scenarioDrafts = pgTable(
  'scenario_drafts',
  {
    shopId: shopId(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    draft: jsonb('draft').notNull(),
    /** The revision it was begun on. */
    basedOn: integer('based_on').notNull(),
    /** Changes with every write: whoever writes without knowing it would write over somebody else's. */
    token: uuid('token').notNull(),
    keptAt: at('kept_at').notNull(),
    keptBy: text('kept_by'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.scenario] })],
);

export const enrollments = pgTable(
  'enrollments',
  {
    shopId: shopId(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    customerId: text('customer_id').notNull(),
    occurrence: text('occurrence').notNull(),
    version: integer('version').notNull(),
    status: text('status').$type<EnrollmentStatus>().notNull().default('active'),
    cursor: text('cursor'),
    anchor: at('anchor').notNull(),
    subject: jsonb('subject').$type<EnrollmentSubject>().notNull().default({}),
    startedAt: at('started_at').notNull(),
    dueAt: at('due_at'),
    /** When a job was last put on the queue for this due time; null while none was. */
    alarmAt: at('alarm_at'),
    endedAt: at('ended_at'),
    endReason: text('end_reason').$type<Reason>(),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.id] }),
    uniqueIndex('enrollments_once').on(t.shopId, t.scenario, t.customerId, t.occurrence),
    index('enrollments_due').on(t.dueAt, t.shopId).where(sql`status = 'active' and due_at is not null`),
    index('enrollments_customer').on(t.shopId, t.customerId),
    index('enrollments_checkout').on(t.shopId, sql`(subject->>'checkoutId')`).where(sql`subject ? 'checkoutId'`),
  ],
);

export const messages = pgTable(
  'messages',
  {
    shopId: shopId(),
    id: uuid('id').notNull().default(sql`uuidv7()`),
    enrollmentId: bigint('enrollment_id', { mode: 'number' }).notNull(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    step: text('step').notNull(),
    email: text('email').notNull(),
    customerId: text('customer_id').notNull(),
    priority: integer('priority').notNull(),
    urgency: text('urgency').$type<'asked-for' | 'first-reminder'>(),
    status: text('status').$type<MessageStatus>().notNull().default('planned'),
    /** A worker has it, or may have handed it over. Indexes go by this: were they to go by the status, each change of it would rewrite all of them. */
    isOpen: boolean('is_open').generatedAlwaysAs(sql`status in ('claimed','handed-over','unsettled')`),
    plannedAt: at('planned_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    dueAt: at('due_at'),
    alarmAt: at('alarm_at'),
    /** Why it is or was held back, and what that rested on. */
    reason: text('reason').$type<Reason>(),
    facts: jsonb('facts').$type<Facts>(),
    ground: text('ground'),
    claimedAt: at('claimed_at'),
    claimId: uuid('claim_id'),
    handedOverAt: at('handed_over_at'),
    /** Whether it was handed over with the enrollment's code in it. */
    showsCode: boolean('shows_code').notNull().default(false),
    sentAt: at('sent_at'),
    providerMessageId: text('provider_message_id'),
    language: text('language'),
    subject: text('subject'),
    processedAt: at('processed_at'),
    deliveredAt: at('delivered_at'),
    clickedAt: at('clicked_at'),
    /** A hard bounce: the address does not exist. */
    bouncedAt: at('bounced_at'),
    complainedAt: at('complained_at'),
    unsubscribedAt: at('unsubscribed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.id] }),
    uniqueIndex('messages_once').on(t.shopId, t.enrollmentId, t.step),
    // No index mentions the status, the alarm, the hand-over or the subject: what changes those alone touches no index at all.
    index('messages_due').on(t.dueAt, t.shopId).where(sql`due_at is not null`),
    index('messages_open').on(t.shopId, t.claimedAt).where(sql`is_open`),
    index('messages_customer').on(t.shopId, t.customerId, t.sentAt),
    index('messages_sent').on(t.shopId, t.sentAt).where(sql`sent_at is not null`),
    index('messages_complained').on(t.shopId, t.sentAt).where(sql`complained_at is not null`),
    index('messages_unknown').on(t.shopId).where(sql`reason = 'outcome-unknown'`),
    index('messages_outage')
      .on(t.shopId)
      .where(sql`reason in ('orders-not-confirmed', 'provider-unavailable', 'provider-paused')`),
    index('messages_held').on(t.shopId, t.scenario).where(sql`reason in ('everything-paused', 'scenario-off')`),
  ],
);

/** Why everything happened, or did not. Append-only. */
export const decisions = pgTable(
  'decisions',
  {
    shopId: shopId(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
    at: at('at').notNull(),
    customerId: text('customer_id').notNull(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    enrollmentId: bigint('enrollment_id', { mode: 'number' }),
    messageId: uuid('message_id'),
    step: text('step'),
    kind: text('kind').$type<DecisionKind>().notNull(),
    reason: text('reason').$type<Reason>().notNull(),
    facts: jsonb('facts').$type<Facts>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.id] }),
    index('decisions_customer').on(t.shopId, t.customerId, t.at),
    index('decisions_scenario').on(t.shopId, t.scenario, t.kind, t.at),
    index('decisions_paused').on(t.shopId, t.messageId).where(sql`reason = 'provider-paused'`),
  ],
);
export type DecisionKind =
  | 'enrolled'
  | 'not-enrolled'
  | 'waited'
  | 'planned'
  | 'sent'
  | 'put-off'
  | 'withheld'
  | 'ended';

/** Shopify's discounts made for codes: one per scenario, offer and end day. */
export const discounts = pgTable(
  'discounts',
  {
    shopId: shopId(),
    id: uuid('id').notNull().default(sql`uuidv7()`),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    /** A fingerprint of the offer: another offer is another discount. */
    offerKey: text('offer_key').notNull(),
    offer: jsonb('offer').$type<Offer>().notNull(),
    endDay: date('end_day', { mode: 'string' }).notNull(),
    endsAt: at('ends_at').notNull(),
    title: text('title').notNull(),
    /** Shopify's id once it is made there. */
    shopifyId: text('shopify_id'),
    /** What Shopify said against it, in its words; null while nothing stands against it. */
    refusal: text('refusal'),
    refusedAt: at('refused_at'),
    createdAt: at('created_at').notNull(),
    /** When it was taken out of Shopify again, after its end. */
    tidiedAt: at('tidied_at'),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.id] }),
    uniqueIndex('discounts_once').on(t.shopId, t.scenario, t.offerKey, t.endDay),
    index('discounts_untidied').on(t.shopId, t.endsAt).where(sql`tidied_at is null`),
  ],
);

/** A shopper's code, one per enrollment: every e-mail of it shows the same. */
export const codes = pgTable(
  'codes',
  {
    shopId: shopId(),
    enrollmentId: bigint('enrollment_id', { mode: 'number' }).notNull(),
    customerId: text('customer_id').notNull(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    code: text('code').notNull(),
    /** The offer as it was when the code was made; null discount: the owner's own fixed code. */
    offer: jsonb('offer').$type<Offer>().notNull(),
    discountId: uuid('discount_id'),
    endsAt: at('ends_at'),
    createdAt: at('created_at').notNull(),
    /** When Shopify knew it: only then is it shown. */
    readyAt: at('ready_at'),
    /** When the first e-mail that shows it was sent. */
    givenAt: at('given_at'),
    usedAt: at('used_at'),
    usedOrderId: text('used_order_id'),
    /** Several scenarios may have given the same fixed code: its order counts for one of them. */
    useCounts: boolean('use_counts').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.enrollmentId] }),
    index('codes_code').on(t.shopId, sql`upper(code)`),
    index('codes_waiting').on(t.shopId, t.discountId).where(sql`ready_at is null`),
    index('codes_customer').on(t.shopId, t.customerId),
    index('codes_used').on(t.shopId, t.usedOrderId).where(sql`used_order_id is not null`),
  ],
);

/** Domains a shop has sent from, or is about to: the first weeks of each are limited. */
export const senderDomains = pgTable(
  'sender_domains',
  {
    shopId: shopId(),
    domain: text('domain').notNull(),
    chosenAt: at('chosen_at').notNull(),
    /** When SendGrid took the first e-mail from it, or the first after a month without. */
    firstSentAt: at('first_sent_at'),
    /** When it took the last one, to the day; null where that was never noted. */
    lastSentAt: at('last_sent_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.domain] })],
);

/** The domain of its own a shop sends from, or is about to: how it is proven at SendGrid, and how it stood at the last look. */
export const authenticatedDomains = pgTable(
  'authenticated_domains',
  {
    shopId: shopId().primaryKey(),
    domain: text('domain').notNull(),
    /** SendGrid's, of the authentication and of the branded links. */
    providerId: text('provider_id').notNull(),
    linksId: text('links_id'),
    /** The subuser it was made for; null: the account itself. */
    subuser: text('subuser'),
    /** It stood at SendGrid before, and stays there when the shop lets go of it. */
    adopted: boolean('adopted').notNull(),
    /** Whom e-mails come from once it is proven. */
    senderEmail: text('sender_email').notNull(),
    records: jsonb('records').$type<ProofRecord[]>().notNull(),
    dmarc: jsonb('dmarc').$type<Dmarc>(),
    status: text('status').$type<DomainStatus>().notNull().default('pending'),
    statusSince: at('status_since').notNull(),
    failedAt: at('failed_at'),
    /** Why the last look found nothing out; null when it did. */
    trouble: text('trouble').$type<DomainTrouble>(),
    checkedAt: at('checked_at'),
    lookDueAt: at('look_due_at').notNull(),
  },
  (t) => [index('authenticated_domains_due').on(t.lookDueAt)],
);

/** The SendGrid subuser a shop sends as, where the operator wants one for each. */
export const subusers = pgTable('subusers', {
  shopId: shopId().primaryKey(),
  username: text('username').notNull(),
  /** The key it sends with, sealed. */
  apiKey: text('api_key'),
  /** Its own event webhook, and the key that signs its posts. */
  webhookId: text('webhook_id'),
  webhookKey: text('webhook_key'),
  /** `making`: not complete yet; `ready`: mail goes as it; `off`: disabled, as the shop is uninstalled. */
  status: text('status').$type<'making' | 'ready' | 'off'>().notNull().default('making'),
  /** Why it is not complete, in a word; and when that was tried last. */
  trouble: text('trouble'),
  triedAt: at('tried_at'),
});

/** A shopper's click, as SendGrid told it. `person` is false for what looks like a machine; `machine` says why. */
export const clicks = pgTable(
  'clicks',
  {
    shopId: shopId(),
    eventId: text('event_id').notNull(),
    messageId: uuid('message_id').notNull(),
    customerId: text('customer_id').notNull(),
    at: at('at').notNull(),
    url: text('url').notNull(),
    person: boolean('person').notNull(),
    machine: text('machine').$type<MachineSign>(),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.eventId] }),
    index('clicks_customer').on(t.shopId, t.customerId, t.at),
    index('clicks_message').on(t.shopId, t.messageId),
  ],
);

/** Which message an order counts for: at most one, by its primary key. */
export const attributions = pgTable(
  'attributions',
  {
    shopId: shopId(),
    orderId: text('order_id').notNull(),
    messageId: uuid('message_id').notNull(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    by: text('by').$type<'click' | 'code'>().notNull(),
    orderedAt: at('ordered_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.orderId] }),
    index('attributions_scenario').on(t.shopId, t.scenario, t.orderedAt),
  ],
);

/**
 * What the reports sum instead of counting rows: each statement that changes a figure adds a row, by triggers in the
 * migration `daily_counts`, and the sweep puts them together. Days are days of UTC; what has no day stands on `UNDATED_DAY`.
 */
export const dailyCounts = pgTable(
  'daily_counts',
  {
    shopId: shopId(),
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity(),
    day: date('day', { mode: 'string' }).notNull(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    /** Empty where it is counted for the whole scenario. */
    email: text('email').notNull().default(''),
    what: text('what').$type<CountedThing>().notNull(),
    /** Of what was withheld: why, the latest one's facts, and when that was. */
    reason: text('reason').$type<Reason>(),
    facts: jsonb('facts').$type<Facts>(),
    latestAt: at('latest_at'),
    amount: integer('amount').notNull(),
    /** Of orders: what they come to, in the shop's currency after refunds. */
    money: money('money').notNull().default('0'),
    /** Not put together with the others of its day yet. */
    loose: boolean('loose').notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.id] }),
    index('daily_counts_day').on(t.shopId, t.day),
    index('daily_counts_loose').on(t.shopId).where(sql`loose`),
  ],
);
export type CountedThing = 'sent' | 'clicked' | 'withheld' | 'underWay' | 'orders' | 'codes' | 'codesUsed';
export const UNDATED_DAY = '1970-01-01';

/** How many people a scenario concerns, as last counted for a shop too large to count with every visit. */
export const audienceCounts = pgTable(
  'audience_counts',
  {
    shopId: shopId(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    countedAt: at('counted_at').notNull(),
    /** What it was counted by; by other rules it is worth nothing. */
    rules: text('rules').notNull(),
    counts: jsonb('counts').$type<object>().notNull(),
    /** When a new count was last asked for. */
    askedAt: at('asked_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.scenario] })],
);

export const IMPORT_KINDS = ['customers', 'products', 'orders', 'checkouts'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Progress of the first import, one row per kind; a crash goes on from here. */
export const imports = pgTable(
  'imports',
  {
    shopId: shopId(),
    kind: text('kind').$type<ImportKind>().notNull(),
    status: text('status').$type<'waiting' | 'running' | 'reading' | 'done' | 'failed'>().notNull().default('waiting'),
    operationId: text('operation_id'),
    resultUrl: text('result_url'),
    /** Objects Shopify said there are, and rows of the result read so far. */
    objectCount: integer('object_count').notNull().default(0),
    rowsRead: integer('rows_read').notNull().default(0),
    error: text('error'),
    attempts: integer('attempts').notNull().default(0),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.kind] })],
);

/** What a shop was asked to tell a customer about themselves (customers/data_request); the owner exports it. */
export const dataRequests = pgTable(
  'data_requests',
  {
    shopId: shopId(),
    id: text('id').notNull(),
    /** Shopify's id, or the guest's; null when the request named nobody. */
    customerId: text('customer_id'),
    requestedAt: at('requested_at').notNull(),
    collectedAt: at('collected_at').notNull(),
    /** When the owner first fetched it; null while the request waits. */
    downloadedAt: at('downloaded_at'),
    data: jsonb('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.id] })],
);

export type RefusalListStatus = 'reading' | 'read' | 'importing' | 'done';

/** Lists of people who must not get e-mails that the owner brought from another product. */
export const refusalLists = pgTable(
  'refusal_lists',
  {
    shopId: shopId(),
    id: uuid('id').notNull().default(sql`uuidv7()`),
    fileName: text('file_name').notNull(),
    /** Of the file's bytes: the same file again counts from the same moment. */
    fingerprint: text('fingerprint'),
    source: text('source').$type<ListSource>().notNull().default('other'),
    /** The columns read, as the file names them. */
    columns: text('columns').array().notNull().default([]),
    status: text('status').$type<RefusalListStatus>().notNull().default('reading'),
    /** Up to when the list is true: who subscribed later is not touched by a row without a moment of its own. */
    asOf: at('as_of').notNull(),
    /** What its people are, as the owner says, where the file does not. */
    kind: text('kind').$type<RefusalKind>(),
    counts: jsonb('counts').$type<RefusalListCounts>(),
    result: jsonb('result').$type<RefusalListResult>(),
    uploadedAt: at('uploaded_at').notNull(),
    importedAt: at('imported_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.id] })],
);

export interface RefusalListCounts {
  /** Different addresses to be taken, and of these how many are what; one may be two things, or nothing the file says. */
  addresses: number;
  unsubscribed: number;
  bounced: number;
  complained: number;
  /** Rows of an address that had one already. */
  repeated: number;
  ignored: Partial<Record<Ignored, number>>;
}

export interface RefusalListResult {
  /** Customers who get nothing, or less, from now on. */
  stopped: number;
  /** Customers for whom it was so already. */
  already: number;
  /** Customers who subscribed after they had unsubscribed elsewhere. */
  cameBack: number;
  /** Addresses nobody has here: remembered, should somebody come with one. */
  remembered: number;
  /** Addresses that were remembered before. */
  rememberedBefore: number;
  /** People who were erased: nothing of them is kept, and they get nothing in any case. */
  erased: number;
}

/** The people of such a list until it is imported; deleted with that, or when it is not. */
export const refusalRows = pgTable(
  'refusal_rows',
  {
    shopId: shopId(),
    listId: uuid('list_id').notNull(),
    emailKey: text('email_key').notNull(),
    line: integer('line').notNull(),
    unsubscribed: boolean('unsubscribed').notNull(),
    suppressed: text('suppressed').$type<'bounced' | 'complained'>(),
    refusedAt: at('refused_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.listId, t.emailKey] })],
);

/** Links to a preview that an owner gave to somebody, with the e-mail as it was then where that was asked for. */
export const previewLinks = pgTable(
  'preview_links',
  {
    shopId: shopId(),
    id: uuid('id').notNull().default(sql`uuidv7()`),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    email: text('email').notNull(),
    language: text('language').$type<Language>().notNull(),
    /** With sample data, always; null: the link shows the e-mail as it is when it is opened. */
    mail: jsonb('mail').$type<SharedMail>(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.id] }), index('preview_links_made').on(t.shopId, t.createdAt)],
);

export interface SharedMail {
  from: string;
  subject: string;
  html: string;
  text: string;
}

/** What was seen when the addresses, the code and the sender of a scenario's e-mails were last looked at. */
export const scenarioLooks = pgTable(
  'scenario_looks',
  {
    shopId: shopId(),
    scenario: text('scenario').$type<ScenarioKey>().notNull(),
    askedAt: at('asked_at').notNull(),
    lookedAt: at('looked_at'),
    seen: jsonb('seen').$type<Seen>(),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.scenario] })],
);
