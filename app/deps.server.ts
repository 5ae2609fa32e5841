/** The one place that wires the parts together, for the web process and the worker alike. */
import type { Session } from '@shopify/shopify-api';
import type { SessionStorage } from '@shopify/shopify-app-session-storage';
import type { Router } from 'express';
import type { PgBoss } from 'pg-boss';
import { connect } from './db.server';
import { type Env, readEnv } from './env.server';
import { readVerificationKey } from './gateways/sendgrid/events';
import { makeMailer } from './gateways/sendgrid/mailer';
import { type Clock, systemClock } from './lib/clock';
import { makeSecretBox } from './lib/secret-box';
import { type Logger, makeLogger } from './log.server';
import { type Commands, makeCommands } from './pipeline/commands';
import { makeCompiledEmails } from './pipeline/compiled-emails';
import { makeIngest } from './pipeline/ingest';
import { makePreferencePages } from './pipeline/preferences';
import { makePreview, type Preview } from './pipeline/preview';
import type { SenderSettings } from './pipeline/sender';
import { startBoss } from './queue/boss';
import { makeQueue, type Queue } from './queue/enqueue';
import { preferencesRouter } from './routes/preferences';
import { sendgridWebhook } from './routes/webhooks.sendgrid';
import { type Db, inShop } from './store/scope';
import { makeSessionStorage } from './store/session-storage';
import { ensureShopId } from './store/shop-domains';
import { markInstalled } from './store/shops';

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
  preview: Preview;
  onInstalled(session: Session): Promise<void>;
  routers: { path: string; router: Router }[];
  /** Closes connections; what is under way is the caller's to finish first. */
  close(): Promise<void>;
}

let made: Deps | null = null;

/** The parts of this process. @throws before `initDeps` has resolved */
export function deps(): Deps {
  if (!made) throw new Error('initDeps() has not run');
  return made;
}

/**
 * Reads the settings and wires everything, once per process.
 * @param options.role decides the database role and whether the queue also works
 * @param options.clock the business clock; the machine's own when absent
 */
export async function initDeps({
  role,
  clock = systemClock,
}: {
  role: 'web' | 'worker';
  clock?: Clock;
}): Promise<Deps> {
  const env = readEnv(process.env);
  const log = makeLogger(env.LOG_LEVEL);
  const url = role === 'worker' ? (env.WORKER_DATABASE_URL ?? env.DATABASE_URL) : env.DATABASE_URL;
  const { db, close } = connect({ url });
  const boss = await startBoss({ url, role, log });
  const queue = makeQueue(boss);
  const sender: SenderSettings = {
    hasProviderKey: Boolean(env.SENDGRID_API_KEY),
    sharedSender: env.SENDER_EMAIL ?? null,
  };
  const mailer = env.SENDGRID_API_KEY
    ? makeMailer({ apiKey: env.SENDGRID_API_KEY, baseUrl: env.SENDGRID_BASE_URL })
    : null;
  const links = { appUrl: env.SHOPIFY_APP_URL.replace(/\/$/, ''), linkSecret: env.LINK_SECRET };
  const shared = { db, queue, clock, log, mailer, links, compiled: makeCompiledEmails(), settings: sender };
  const ingest = makeIngest(shared);
  const key = env.SENDGRID_WEBHOOK_PUBLIC_KEY ? readVerificationKey(env.SENDGRID_WEBHOOK_PUBLIC_KEY) : null;
  const parts: Deps = {
    env,
    log,
    clock,
    db,
    boss,
    queue,
    sender,
    sessionStorage: makeSessionStorage(db, makeSecretBox(env.ENCRYPTION_KEYS)),
    commands: makeCommands(shared),
    preview: makePreview(shared),
    async onInstalled(session) {
      const shopId = await ensureShopId(db, session.shop);
      await inShop(db, shopId, (shop) =>
        markInstalled(shop, { domain: session.shop, scopes: session.scope ?? '', at: clock.now() }),
      );
    },
    routers: [
      { path: '/webhooks/sendgrid', router: sendgridWebhook({ key, ingest, log }) },
      { path: '/', router: preferencesRouter(makePreferencePages({ ...shared, linkSecret: env.LINK_SECRET })) },
    ],
    async close() {
      if (role === 'web') await boss.stop({ graceful: false });
      await close();
    },
  };
  made = parts;
  return parts;
}
