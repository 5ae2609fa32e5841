/** Subusers at SendGrid: made, given a key, an event webhook and domains, disabled. Called by `pipeline/subusers`. */
import { z } from 'zod';
import { type Asked, askSendgrid, type Provider } from './ask';

export interface SubuserWish {
  username: string;
  email: string;
  /** Nobody ever logs in with it, so it is kept nowhere. */
  password: string;
  ips: readonly string[];
}

export interface SubuserAccounts {
  /** The addresses the account sends from. */
  ips(): Promise<Asked<string[]>>;
  /** Whether one of this name is the account's own. */
  has(username: string): Promise<Asked<boolean>>;
  create(wish: SubuserWish): Promise<Asked<null>>;
  setDisabled(username: string, disabled: boolean): Promise<Asked<null>>;
  /** A key that may send as it, and nothing else. */
  makeKey(username: string): Promise<Asked<string>>;
  /** A signed webhook for its events; one that posts there already is taken. Answers its id and public key. */
  makeWebhook(username: string, url: string): Promise<Asked<{ id: string; publicKey: string }>>;
  /** Lets it send from a proven domain of the account. */
  lend(domainId: string, username: string): Promise<Asked<null>>;
}

const IPS_ASKED = 50;
/** What the engine acts on; opens only ever where somebody allowed them. */
const EVENTS = [
  'processed',
  'deferred',
  'delivered',
  'bounce',
  'dropped',
  'open',
  'click',
  'spam_report',
  'unsubscribe',
];

const ipsShape = z.array(z.object({ ip: z.string() })).transform((list) => list.map(({ ip }) => ip));
const namesShape = z.array(z.object({ username: z.string() })).transform((list) => list.map((one) => one.username));
const keyShape = z.object({ api_key: z.string().min(1) }).transform((made) => made.api_key);
const webhookShape = z.object({ id: z.string() });
const webhooksShape = z
  .object({ webhooks: z.array(z.looseObject({ id: z.string().optional(), url: z.string().optional() })) })
  .transform(({ webhooks }) => webhooks);
const signedShape = z.object({ public_key: z.string().min(1) }).transform((made) => made.public_key);
const nothing = z.unknown().transform(() => null);

/**
 * Sources: https://www.twilio.com/docs/sendgrid/api-reference/subusers-api/create-subuser,
 * https://www.twilio.com/docs/sendgrid/api-reference/api-keys/create-api-keys and
 * https://www.twilio.com/docs/sendgrid/api-reference/webhooks/create-an-event-webhook
 */
export function makeSubuserAccounts(provider: Provider): SubuserAccounts {
  const webhooks = '/v3/user/webhooks/event/settings';
  const makeOrFind = async (as: string, url: string): Promise<Asked<{ id: string }>> => {
    const wish = { enabled: true, url, ...Object.fromEntries(EVENTS.map((name) => [name, true])) };
    const made = await askSendgrid(provider, { method: 'POST', path: webhooks, as, body: wish }, webhookShape);
    if ('answer' in made || made.failed !== 'invalid') return made;
    const all = await askSendgrid(provider, { path: `${webhooks}/all`, as }, webhooksShape);
    if ('failed' in all) return all;
    const same = all.answer.find((one) => one.url === url);
    return same?.id ? { answer: { id: same.id } } : made;
  };
  return {
    ips: () => askSendgrid(provider, { path: `/v3/ips?limit=${IPS_ASKED}` }, ipsShape),
    async has(username) {
      const path = `/v3/subusers?username=${encodeURIComponent(username)}`;
      const asked = await askSendgrid(provider, { path }, namesShape);
      return 'answer' in asked ? { answer: asked.answer.includes(username) } : asked;
    },
    create: (wish) => askSendgrid(provider, { method: 'POST', path: '/v3/subusers', body: wish }, nothing),
    setDisabled: (username, disabled) =>
      askSendgrid(
        provider,
        { method: 'PATCH', path: `/v3/subusers/${encodeURIComponent(username)}`, body: { disabled } },
        nothing,
      ),
    makeKey: (as) =>
      askSendgrid(
        provider,
        { method: 'POST', path: '/v3/api_keys', as, body: { name: 'Relance', scopes: ['mail.send'] } },
        keyShape,
      ),
    async makeWebhook(as, url) {
      const made = await makeOrFind(as, url);
      if ('failed' in made) return made;
      const { id } = made.answer;
      const path = `${webhooks}/signed/${id}`;
      const signed = await askSendgrid(provider, { method: 'PATCH', path, as, body: { enabled: true } }, signedShape);
      return 'answer' in signed ? { answer: { id, publicKey: signed.answer } } : signed;
    },
    lend: (domainId, username) =>
      askSendgrid(
        provider,
        { method: 'POST', path: `/v3/whitelabel/domains/${domainId}/subuser:add`, body: { username } },
        nothing,
      ),
  };
}
