/** The settings, read and checked once. A missing or malformed one is named, with what to put there. */
import { z } from 'zod';

const base64Key = z
  .string()
  .regex(
    /^[\w-]+:[A-Za-z0-9+/]{43}=(,[\w-]+:[A-Za-z0-9+/]{43}=)*$/,
    'must be "id:key", the key 32 bytes in base64 (openssl rand -base64 32)',
  );

/** An unset variable and an empty one are the same: hosts differ in how they leave one out. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type.optional());

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATABASE_URL: z.string().startsWith('postgres', 'must be a postgres:// address of the role relance_app'),
  WORKER_DATABASE_URL: optional(
    z.string().startsWith('postgres', 'must be a postgres:// address of the role relance_worker'),
  ),
  SHOPIFY_API_KEY: z.string().min(1, 'is the client id in the Partner dashboard'),
  SHOPIFY_API_SECRET: z.string().min(1, 'is the client secret in the Partner dashboard'),
  /** The former secret, kept for an hour while Shopify rotates it. */
  SHOPIFY_API_SECRET_PREVIOUS: optional(z.string()),
  SHOPIFY_APP_URL: z.url('must be the https address of this app'),
  SCOPES: z.string().default(''),
  APP_BRIDGE_URL: optional(z.url()),
  SENDGRID_API_KEY: optional(z.string()),
  SENDGRID_BASE_URL: z.url().default('https://api.sendgrid.com'),
  SENDGRID_WEBHOOK_PUBLIC_KEY: optional(z.string()),
  SENDER_EMAIL: optional(z.email('must be an address SendGrid has verified')),
  /** E-mails a day each shop may send from SENDER_EMAIL before it has a domain of its own. */
  SHARED_SENDER_DAILY_LIMIT: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z
      .union([z.literal('off').transform(() => null), z.coerce.number().int().min(1)], 'must be a number, or "off"')
      .default(200),
  ),
  /** Whether each shop sends as a SendGrid subuser of its own. */
  SENDGRID_SUBUSERS: z.preprocess((value) => (value === '' ? undefined : value), z.enum(['on', 'off']).default('off')),
  ENCRYPTION_KEYS: base64Key,
  /** Opens /metrics to whoever brings it; without one only the machine itself may read them. */
  METRICS_TOKEN: optional(z.string().min(16, 'must be at least 16 characters (openssl rand -base64 32)')),
  /** Where the worker tells how it is; it listens nowhere without one. */
  METRICS_PORT: optional(z.coerce.number().int().min(0).max(65535)),
  LINK_SECRET: z.string().min(32, 'must be at least 32 characters (openssl rand -base64 32)'),
});

export type Env = z.infer<typeof schema>;

/**
 * @param source usually `process.env`
 * @throws Error that names each wrong setting and its mend; values are never printed
 */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, code, message }) => {
    const name = path.join('.');
    const told = code !== 'invalid_type' ? message : source[name] ? 'is malformed' : 'is missing';
    return `  ${name}: ${told}`;
  });
  throw new Error(`These settings are missing or wrong (see "Settings" in README.md):\n${lines.join('\n')}`);
}
