// What every half of the sandbox receives beside the app: settings, clock, the shops and the verbs that change them.
import type { SandboxClock } from '../clock';
import type { ShopActions } from '../shopify/actions';
import type { ShopifyFaults } from '../shopify/faults';
import type { ShopifyState } from '../shopify/state';
import type { WebhookDispatcher } from '../shopify/webhooks/dispatcher';

export interface WebhookSubscription {
  topic: string;
  /** Absolute, or a path on the app's address. */
  uri: string;
  /** Metafields to add to the payload, `namespace.key` or a whole namespace. */
  metafieldNamespaces?: string[] | undefined;
  metafields?: string[] | undefined;
}

export interface SandboxOptions {
  /** 0 or absent: any free port. */
  port?: number | undefined;
  host?: string | undefined;
  /** Where snapshots are kept; absent: memory only. */
  dataDir?: string | undefined;
  appUrl: string;
  /** The app's client id and secret. */
  apiKey: string;
  apiSecret: string;
  /** Scopes the app asks for; absent: read from `appToml`. */
  scopes?: string | undefined;
  /** Path of shopify.app.toml, for webhook subscriptions and scopes. */
  appToml?: string | undefined;
  /** Added to (same topic and uri: instead of) what the toml says. */
  subscriptions?: WebhookSubscription[] | undefined;
  clockFile?: string | undefined;
  /** Gaps between webhook attempts in real milliseconds; their number is the number of retries. */
  webhookRetryGapsMs?: number[] | undefined;
  sendgrid?: Record<string, unknown> | undefined;
}

export interface SandboxContext {
  /** `http://127.0.0.1:<port>`, known once the server listens: read it at request time, not at registration. */
  readonly url: string;
  readonly options: SandboxOptions;
  readonly clock: SandboxClock;
  readonly state: ShopifyState;
  readonly actions: ShopActions;
  readonly webhooks: WebhookDispatcher;
  /** Shopify's own troubles, switched on the control page. */
  readonly faults: ShopifyFaults;
  /** The scopes the app asks for: from the options, else from its toml. */
  readonly wantedScopes: string[];
}
