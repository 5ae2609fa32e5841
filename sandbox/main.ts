// Starts the sandbox: one HTTP server with a local Shopify, a SendGrid and the pages around them. Run by scripts/ and by tests.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { registerAdmin } from './admin/register';
import { openClock } from './clock';
import { registerControlApi } from './control/api';
import { registerControlPage } from './control/page';
import type { SandboxContext, SandboxOptions, WebhookSubscription } from './http/context';
import { type App, answerErrors, createRouter, type RegisteredPart } from './http/router';
import { registerMailbox } from './mailbox/register';
import { registerPictures } from './pictures/register';
import { registerSendgrid } from './sendgrid/register';
import { createActions } from './shopify/actions';
import { type AppConfig, readAppConfig, splitScopes } from './shopify/app-config';
import { noFaults } from './shopify/faults';
import { registerShopify } from './shopify/register';
import { keepSnapshots, loadState } from './shopify/snapshot';
import { WebhookDispatcher } from './shopify/webhooks/dispatcher';
import { registerStorefront } from './storefront/register';

export type { SandboxContext, SandboxOptions } from './http/context';

type Register = (app: App, ctx: SandboxContext) => unknown;

export interface Sandbox {
  url: string;
  context: SandboxContext;
  close(): Promise<void>;
}

/** Listens on loopback; resolves when every part is ready. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = openClock(options.clockFile);
  const config = readAppConfig(options.appToml);
  const wantedScopes = options.scopes === undefined ? config.scopes : splitScopes(options.scopes);
  const shopDir = options.dataDir === undefined ? undefined : join(options.dataDir, 'shops');
  const state = loadState(shopDir);
  const snapshots = keepSnapshots(state, shopDir);
  const webhooks = new WebhookDispatcher({
    state,
    clock,
    appUrl: options.appUrl,
    secret: options.apiSecret,
    subscriptions: allSubscriptions(options, config),
    retryGapsMs: options.webhookRetryGapsMs,
  });
  const actions = createActions({
    state,
    clock,
    emit: (shop, topic, payload) => webhooks.emit(shop, topic, payload),
    wantedScopes: () => wantedScopes,
  });
  const context: SandboxContext = {
    get url() {
      return state.baseUrl;
    },
    options,
    clock,
    state,
    actions,
    webhooks,
    faults: noFaults(),
    wantedScopes,
  };
  const app = createRouter();
  const parts = await registerAll(app, context);
  answerErrors(app);
  const server = await listen(app, options);
  state.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  webhooks.resume();
  const close = async (): Promise<void> => {
    webhooks.close();
    for (const part of parts) await part.close?.();
    snapshots.close();
    await stopServer(server);
    clock.close();
  };
  return { url: state.baseUrl, context, close };
}

function allSubscriptions(options: SandboxOptions, config: AppConfig): WebhookSubscription[] {
  const given = options.subscriptions ?? [];
  const isGiven = (one: WebhookSubscription) => given.some(({ topic, uri }) => topic === one.topic && uri === one.uri);
  return [...config.subscriptions.filter((one) => !isGiven(one)), ...given];
}

async function registerAll(app: App, context: SandboxContext): Promise<RegisteredPart[]> {
  const parts: RegisteredPart[] = [];
  for (const register of halves) {
    const part = await register(app, context);
    if (isPart(part)) parts.push(part);
  }
  return parts;
}

/** In the order of their routes; each may answer with something to close. */
const halves: Register[] = [
  registerShopify,
  registerControlApi,
  registerSendgrid,
  registerMailbox,
  registerPictures,
  registerAdmin,
  registerStorefront,
  registerControlPage,
];

function isPart(value: unknown): value is RegisteredPart {
  return typeof value === 'object' && value !== null && 'close' in value;
}

function listen(app: App, options: SandboxOptions): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(options.port ?? 0, options.host ?? '127.0.0.1');
    server.once('listening', () => resolve(server));
    server.once('error', reject);
  });
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function runAsProcess(): Promise<void> {
  const options = JSON.parse(process.env.SANDBOX_OPTIONS ?? '{}') as SandboxOptions;
  const sandbox = await startSandbox(options);
  process.stdout.write(`sandbox ready at ${sandbox.url}\n`);
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await runAsProcess();
