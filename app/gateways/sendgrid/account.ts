/** What SendGrid says of the account behind our key: what it may do, its event webhooks, whom it sends as. Read by the doctor. */
import { z } from 'zod';
import { type Asked, askSendgrid, type Provider } from './ask';

export interface EventWebhook {
  enabled: boolean;
  url: string;
  /** Base64 of the DER; null while signing is off. */
  publicKey: string | null;
  /** Names of events, as the settings have them. */
  events: string[];
}

export interface Account {
  scopes: Asked<string[]>;
  webhooks: Asked<EventWebhook[]>;
  senders: Asked<string[]>;
  domains: Asked<string[]>;
  /** What subusers send from; absent where nobody asked. */
  ips?: Asked<string[]>;
}

export interface AccountQuestion extends Provider {
  /** Whether the account is to have subusers. */
  subusers?: boolean;
}

const scopesShape = z.object({ scopes: z.array(z.string()) }).transform(({ scopes }) => scopes);
const webhooksShape = z
  .object({
    webhooks: z.array(z.looseObject({ enabled: z.boolean(), url: z.string(), public_key: z.string().nullish() })),
  })
  .transform(({ webhooks }) =>
    webhooks.map(({ enabled, url, public_key, ...rest }) => ({
      enabled,
      url,
      publicKey: public_key || null,
      events: Object.keys(rest).filter((name) => rest[name] === true),
    })),
  );
const sendersShape = z
  .object({ results: z.array(z.object({ from_email: z.string(), verified: z.boolean() })) })
  .transform(({ results }) => results.filter((one) => one.verified).map((one) => one.from_email.toLowerCase()));
const ipsShape = z.array(z.object({ ip: z.string() })).transform((list) => list.map(({ ip }) => ip));
const domainsShape = z
  .array(z.object({ domain: z.string(), valid: z.boolean() }))
  .transform((list) => list.filter((one) => one.valid).map((one) => one.domain.toLowerCase()));

/**
 * A few questions, none of which changes or sends anything. Sources:
 * https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions/retrieve-a-list-of-scopes-for-which-this-user-has-access
 * https://www.twilio.com/docs/sendgrid/api-reference/webhooks/get-all-event-webhooks
 */
export async function readAccount({ subusers, ...provider }: AccountQuestion): Promise<Account> {
  const ask = <T>(path: string, shape: z.ZodType<T>): Promise<Asked<T>> => askSendgrid(provider, { path }, shape);
  const [scopes, webhooks, senders, domains, ips] = await Promise.all([
    ask('/v3/scopes', scopesShape),
    ask('/v3/user/webhooks/event/settings/all', webhooksShape),
    ask('/v3/verified_senders', sendersShape),
    ask('/v3/whitelabel/domains', domainsShape),
    subusers ? ask('/v3/ips', ipsShape) : null,
  ]);
  return { scopes, webhooks, senders, domains, ...(ips ? { ips } : {}) };
}
