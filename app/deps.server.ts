/** The one place that wires the parts together, for the web process and the worker alike. */
import type { RequestListener } from 'node:http';
import type { SessionStorage } from '@shopify/shopify-app-session-storage';
import type { Router } from 'express';
import type { PgBoss } from 'pg-boss';
import { countLines } from './counted-log.server';
import { connect } from './db.server';
import { type Env, readEnv } from './env.server';
import { type ReadTxt, readTxt as readTxtOfDns } from './gateways/dns/txt';
import { makeDomainAuthentication } from './gateways/sendgrid/domains';
import { makeRecipientEraser } from './gateways/sendgrid/erase';
import { readStoredEvent, readVerificationKey } from './gateways/sendgrid/events';
import { makeMailer } from './gateways/sendgrid/mailer';
import { makeSenderCheck } from './gateways/sendgrid/senders';
import { makeSubuserAccounts } from './gateways/sendgrid/subusers';
import { type AdminClient, makeAdminClient } from './gateways/shopify/admin-client';
import { CHECKOUT_EMAILS, checkoutEmailsInput } from './gateways/shopify/documents/checkout-emails';
import { makeFileStore } from './gateways/shopify/file-store';
import { makeOfflineTokens } from './gateways/shopify/offline-token';
import { makeSegmentQuestions, type SegmentQuestions } from './gateways/shopify/segment-questions';
import { makeStoreQuestions } from './gateways/shopify/store-questions';
import { makeAskTheme } from './gateways/shopify/theme-questions';
import { makeLookAtAddress, type WebReach } from './gateways/web/look-at-address';
import { type Clock, systemClock } from './lib/clock';
import { makeSecretBox } from './lib/secret-box';
import { type Logger, makeLogger } from './log.server';
import { type Advance, makeAdvance } from './pipeline/advance';
import { applyMailEvent } from './pipeline/apply-mail-event';
import { type Attribute, makeAttribute } from './pipeline/attribute';
import { type AudienceCounts, makeAudienceCounts } from './pipeline/audience-counts';
import { makeBirthDatePush } from './pipeline/birth-date-push';
import { type Checks, makeChecks } from './pipeline/checks/checks';
import { type IssueCodes, makeIssueCodes } from './pipeline/codes/issue';
import { makeTidyCodes } from './pipeline/codes/tidy';
import { type Commands, makeCommands } from './pipeline/commands';
import { makeCompiledEmails } from './pipeline/compiled-emails';
import { makeConfirmOrders } from './pipeline/confirm-orders';
import { makeConsentPush } from './pipeline/consent-push';
import { type Deliver, makeDeliver } from './pipeline/deliver';
import { makeEraseRecipient } from './pipeline/erase-recipient';
import { makeImport } from './pipeline/import/import-shop';
import { makeInstaller } from './pipeline/import/install';
import { makeIngest } from './pipeline/ingest';
import { type LookForBrand, makeLookForBrand } from './pipeline/look-for-brand';
import { makeJudgePace } from './pipeline/mail-pace';
import { makeMetrics } from './pipeline/metrics';
import { makeOpenTrackingPage } from './pipeline/open-tracking';
import { makePreferencePages } from './pipeline/preferences';
import { makePreview, type Preview } from './pipeline/preview';
import { makePreviewLinks, type PreviewLinks } from './pipeline/preview-links';
import { react } from './pipeline/react';
import { makeReadiness } from './pipeline/readiness';
import { makeReconcile } from './pipeline/reconcile';
import { makeImportRefusals } from './pipeline/refusals/import-list';
import { makeReadRefusalList, type ReadRefusalList } from './pipeline/refusals/read-list';
import { makeRouteEvent, type React } from './pipeline/route-event';
import { makeRouteEvents } from './pipeline/route-events';
import { makeRouteReceipts } from './pipeline/route-receipts';
import { makeScan } from './pipeline/scan';
import { makeSegmentsRefresh } from './pipeline/segments-refresh';
import type { SenderSettings } from './pipeline/sender';
import { type DomainCommands, makeDomainCommands } from './pipeline/sender-domain/commands';
import { makeStorePicture, type StorePicture } from './pipeline/store-picture';
import { makeShopAccounts } from './pipeline/subusers/accounts';
import { makeSettleSubuser } from './pipeline/subusers/settle';
import { makeSweep, type Sweep } from './pipeline/sweep';
import { makeVipTagPush } from './pipeline/vip-tag-push';
import { startBoss } from './queue/boss';
import { makeQueue, type Queue } from './queue/enqueue';
import type { JobName, JobPayload } from './queue/jobs';
import { preferencesRouter } from './routes/preferences';
import { sharedPreviewsRouter } from './routes/shared-previews';
import { watchRouter } from './routes/watch';
import { sendgridWebhook } from './routes/webhooks.sendgrid';
import { SHOPIFY_WEBHOOKS, webhooksShopify } from './routes/webhooks.shopify';
import { makeTokenStore } from './store/offline-tokens';
import type { Db } from './store/scope';
import { makeSessionStorage } from './store/session-storage';
import { ensureShopId } from './store/shop-domains';

type Stage<N extends JobName> = (payload: JobPayload<N>) => Promise<unknown>;

export interface Deps {
  env: Env;
  log: Logger;
  clock: Clock;
  db: Db;
  boss: PgBoss;
  queue: Queue;
  sender: SenderSettings;
  sessionStorage: SessionStorage;
  commands: Commands;
  /** What the owner does about a domain of the shop's own. */
  domains: DomainCommands;
  /** What Shopify knows of customer segments; asked while a page waits. */
  segments: SegmentQuestions;
  /** How many checkouts were left since a moment, and about how many Shopify sent an e-mail itself; asked once a page is shown. */
  checkoutEmails(shopDomain: string, since: Date): Promise<{ left: number; sent: number }>;
  /** Keeps a picture of the owner's in the shop's files. */
  storePicture: StorePicture;
  preview: Preview;
  /** What is wrong with a scenario before it is switched on. */
  checks: Checks;
  /** Previews shared with people who have no login. */
  previewLinks: PreviewLinks;
  audiences: AudienceCounts;
  /** Reads an uploaded list of people who must not get e-mails. */
  readRefusalList: ReadRefusalList;
  onInstalled(session: { shop: string; scope?: string | undefined }): Promise<void>;
  routers: { path: string; router: Router }[];
  /** Shopify's webhooks. Stands before the routers. */
  webhookDoor: { path: string; answer: RequestListener };
  /** How this process is: alive, ready, and its figures. */
  watch: Router;
  routeEvents: Stage<'event.route'>;
  advance: Advance;
  issueCodes: IssueCodes;
  tidyCodes: Stage<'codes.tidy'>;
  deliver: Deliver;
  attribute: Attribute;
  judgePace: Stage<'pace.judge'>;
  checkDomain(shopId: number): Promise<unknown>;
  settleSubuser: Stage<'subuser.settle'>;
  /** Reads the published theme; while a page waits, too. */
  lookForBrand: LookForBrand;
  importShop: Stage<'shop.import'>;
  reconcile: Stage<'shop.reconcile'>;
  pushConsent: Stage<'consent.push'>;
  pushBirthDate: Stage<'birth-date.push'>;
  eraseRecipient: Stage<'recipient.erase'>;
  importRefusals: Stage<'refusals.import'>;
  refreshSegments: Stage<'segments.refresh'>;
  scan: Stage<'scenario.scan'>;
  pushVipTag: Stage<'vip-tag.push'>;
  sweep: Sweep;
  /** Closes connections; what is under way is the caller's to finish first. */
  close(): Promise<void>;
}

let made: Deps | null = null;

/** The parts of this process. @throws before `initDeps` has resolved */
export function deps(): Deps {
  if (!made) throw new Error('initDeps() has not run');
  return made;
}

export interface DepsOptions {
  /** Decides the database role, and whether the queue also works. */
  role: 'web' | 'worker';
  /** The business clock; the machine's own when absent. */
  clock?: Clock;
  /** Where TXT records are read; DNS when absent. */
  readTxt?: ReadTxt;
  /** How links are looked at where the store is this machine's own; the whole web, and nothing inside, when absent. */
  web?: WebReach;
}

/** Reads the settings and wires everything, once per process. */
export async function initDeps({ role, clock = systemClock, readTxt = readTxtOfDns, web }: DepsOptions): Promise<Deps> {
  const env = readEnv(process.env);
  const { log, counted } = countLines(makeLogger(env.LOG_LEVEL));
  const url = role === 'worker' ? (env.WORKER_DATABASE_URL ?? env.DATABASE_URL) : env.DATABASE_URL;
  const { db, close } = connect({ url });
  const boss = await startBoss({ url, role, log });
  const base = { env, log, clock, db, queue: makeQueue(boss) };
  // A connection of its own: when all others are busy is when somebody wants to read the figures.
  const watching = connect({ url: env.WORKER_DATABASE_URL ?? env.DATABASE_URL, max: 1 });
  const shopify = makeShopifyParts(base);
  const mail = makeMailParts(base);
  const preview = makePreview({ ...base, ...mail });
  const previewLinks = makePreviewLinks({ ...base, ...mail, preview });
  const domains = makeDomainCommands({ ...base, ...mail, readTxt });
  made = {
    ...base,
    boss,
    sender: mail.settings,
    sessionStorage: shopify.sessionStorage,
    segments: shopify.segments,
    checkoutEmails: shopify.checkoutEmails,
    storePicture: makeStorePicture({ storeFile: makeFileStore(shopify), log }),
    commands: makeCommands({ ...base, ...mail }),
    domains,
    checkDomain: domains.check,
    preview,
    previewLinks,
    checks: makeChecks({ ...base, ...mail, admin: shopify.admin, lookAtAddress: makeLookAtAddress(web) }),
    audiences: makeAudienceCounts(base),
    readRefusalList: makeReadRefusalList(base),
    onInstalled: shopify.onInstalled,
    ...makeDoors(base, mail, { previewLinks, admin: shopify.admin }),
    watch: watchRouter({
      token: env.METRICS_TOKEN ?? null,
      readiness: makeReadiness({ db }),
      metrics: makeMetrics({ db: watching.db, clock, counted }),
    }),
    ...makeStages(base, shopify, mail),
    async close() {
      if (role === 'web') await boss.stop({ graceful: false });
      await Promise.all([close(), watching.close()]);
    },
  };
  return made;
}

type Base = Pick<Deps, 'env' | 'log' | 'clock' | 'db' | 'queue'>;

/** Before mail goes out, orders are asked for within seconds; the nightly look at all that changed must leave the points for that. */
const LEFT_BY_THE_PATIENT = 0.5;

function makeShopifyParts({ env, log, clock, db, queue }: Base) {
  const sessionStorage = makeSessionStorage(db, makeSecretBox(env.ENCRYPTION_KEYS));
  const tokens = makeOfflineTokens({
    tokens: makeTokenStore({ db, sessionStorage }),
    apiKey: env.SHOPIFY_API_KEY,
    apiSecret: env.SHOPIFY_API_SECRET,
  });
  const admin = makeAdminClient({ tokens, log });
  const store = makeStoreQuestions(admin);
  const patient = makeStoreQuestions(makeAdminClient({ tokens, log, leaves: LEFT_BY_THE_PATIENT }));
  const install = makeInstaller({ db, queue, store, clock, log });
  return {
    sessionStorage,
    admin,
    store,
    /** For what may take all night. */
    patient,
    segments: makeSegmentQuestions(admin),
    checkoutEmails: (shopDomain: string, since: Date) =>
      admin.run(shopDomain, CHECKOUT_EMAILS, checkoutEmailsInput(since)),
    onInstalled: (session: { shop: string; scope?: string | undefined }) =>
      install({ shopDomain: session.shop, scopes: session.scope ?? '' }),
  };
}

function makeMailParts({ env, db }: Base) {
  const provider = env.SENDGRID_API_KEY ? { apiKey: env.SENDGRID_API_KEY, baseUrl: env.SENDGRID_BASE_URL } : null;
  const settings: SenderSettings = {
    hasProviderKey: provider !== null,
    sharedSender: env.SENDER_EMAIL ?? null,
    sharedDailyLimit: env.SHARED_SENDER_DAILY_LIMIT,
  };
  const box = makeSecretBox(env.ENCRYPTION_KEYS);
  const accounts = makeShopAccounts({ db, box });
  const subusers = provider && env.SENDGRID_SUBUSERS === 'on' ? makeSubuserAccounts(provider) : null;
  return {
    settings,
    box,
    accounts,
    subusers,
    subuserOf: async (shopId: number) => (subusers ? accounts.nameOf(shopId) : null),
    lend: subusers && ((domainId: string, username: string) => subusers.lend(domainId, username)),
    domains: provider && makeDomainAuthentication(provider),
    mailer: provider && makeMailer({ ...provider, ...(subusers ? { keyOf: accounts.keyOf } : {}) }),
    eraser: provider && makeRecipientEraser(provider),
    senders: provider && makeSenderCheck(provider),
    compiled: makeCompiledEmails(),
    links: { appUrl: env.SHOPIFY_APP_URL.replace(/\/$/, ''), linkSecret: env.LINK_SECRET },
  };
}

function makeDoors(
  { env, log, clock, db, queue }: Base,
  { accounts }: Pick<ReturnType<typeof makeMailParts>, 'accounts'>,
  { previewLinks, admin }: { previewLinks: PreviewLinks; admin: AdminClient },
): Pick<Deps, 'routers' | 'webhookDoor'> {
  const ingest = makeIngest({ db, queue, clock });
  const secrets = [env.SHOPIFY_API_SECRET, env.SHOPIFY_API_SECRET_PREVIOUS ?? ''].filter(Boolean);
  const key = env.SENDGRID_WEBHOOK_PUBLIC_KEY ? readVerificationKey(env.SENDGRID_WEBHOOK_PUBLIC_KEY) : null;
  const shopIdOf = (domain: string) => ensureShopId(db, domain);
  const pages = makePreferencePages({ db, queue, clock, linkSecret: env.LINK_SECRET });
  const openTrackingPage = makeOpenTrackingPage({ db, admin, linkSecret: env.LINK_SECRET });
  const routers = [
    { path: '/webhooks/sendgrid', router: sendgridWebhook({ key, keyOf: accounts.webhookKeyOf, ingest, log }) },
    { path: '/', router: preferencesRouter(pages, openTrackingPage) },
    { path: '/', router: sharedPreviewsRouter(previewLinks) },
  ];
  return {
    routers,
    webhookDoor: { path: SHOPIFY_WEBHOOKS, answer: webhooksShopify({ secrets, ingest, shopIdOf, log }) },
  };
}

function makeStages(
  base: Base,
  { admin, store, patient, segments }: ReturnType<typeof makeShopifyParts>,
  mail: ReturnType<typeof makeMailParts>,
) {
  const reactTo: React = (shop, events, now) => react(base, shop, events, now);
  const parts = { ...base, admin, store, segments, react: reactTo };
  const routeEvent = makeRouteEvent({
    ...parts,
    applyMailEvent: (shop, payload, now) => applyMailEvent(base, shop, readStoredEvent(payload), now),
  });
  return {
    routeEvents: makeRouteEvents({ routeEvent, routeReceipts: makeRouteReceipts(base) }),
    advance: makeAdvance(base),
    issueCodes: makeIssueCodes(parts),
    tidyCodes: makeTidyCodes(parts),
    deliver: makeDeliver({ ...base, ...mail, confirmOrders: makeConfirmOrders(parts) }),
    attribute: makeAttribute({ ...base, linkSecret: base.env.LINK_SECRET }),
    judgePace: makeJudgePace(base),
    settleSubuser: makeSettleSubuser({
      ...{ ...base, accounts: mail.subusers, domains: mail.domains, box: mail.box },
      ...{ appUrl: mail.links.appUrl, sharedSender: mail.settings.sharedSender },
    }),
    lookForBrand: makeLookForBrand({ ...base, askTheme: makeAskTheme(admin) }),
    importShop: makeImport(parts),
    reconcile: makeReconcile({ ...parts, store: patient }),
    pushConsent: makeConsentPush(parts),
    pushBirthDate: makeBirthDatePush(parts),
    eraseRecipient: makeEraseRecipient({ eraser: mail.eraser, sentAs: mail.accounts.sentAs }),
    importRefusals: makeImportRefusals(base),
    refreshSegments: makeSegmentsRefresh(parts),
    scan: makeScan(base),
    pushVipTag: makeVipTagPush(parts),
    sweep: makeSweep({ ...base, withSubusers: mail.subusers !== null }),
  };
}
