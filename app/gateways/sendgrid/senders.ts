/** Asks SendGrid whether it lets our account send from an address. */
import { z } from 'zod';
import { askSendgrid, type Provider } from './ask';
import { hasOurKeys } from './domains';

export interface SenderCheck {
  /**
   * `unknown` when SendGrid cannot be asked, or the key may not ask: nobody is refused for that.
   * @param as the subuser the shop sends as; it may use its own domains and those the account lends it
   */
  check(email: string, as?: string | null): Promise<'verified' | 'not-verified' | 'unknown'>;
}

const sendersShape = z.object({ results: z.array(z.object({ from_email: z.string(), verified: z.boolean() })) });
const domainsShape = z.array(
  z.object({
    ...{ domain: z.string(), valid: z.boolean() },
    dns: z.record(z.string(), z.object({ host: z.string() })).default({}),
  }),
);

const lentTo = (subuser: string) => `/v3/whitelabel/domains/subuser/all?username=${encodeURIComponent(subuser)}`;

/**
 * An address is good when it is a verified single sender, or at a domain authenticated with SendGrid. The list of domains
 * holds stale entries, so only valid ones count; and of the account's own only what the operator had authenticated: what Relance asked
 * for belongs to the one shop that proved it.
 * Sources: https://www.twilio.com/docs/sendgrid/api-reference/sender-verification/get-all-verified-senders and
 * https://www.twilio.com/docs/sendgrid/api-reference/domain-authentication/list-all-authenticated-domains
 */
export function makeSenderCheck(provider: Provider): SenderCheck {
  const ask = async <T extends z.ZodType>(path: string, as: string | null, shape: T): Promise<z.infer<T> | null> => {
    const asked = await askSendgrid(provider, { path, as }, shape);
    return 'answer' in asked ? asked.answer : null;
  };
  return {
    async check(email, as = null) {
      const wanted = email.toLowerCase();
      const [senders, ...domains] = await Promise.all([
        ask('/v3/verified_senders', as, sendersShape),
        ask('/v3/whitelabel/domains', as, domainsShape),
        ...(as === null ? [] : [ask(lentTo(as), null, domainsShape)]),
      ]);
      const isSender = senders?.results.some((one) => one.verified && one.from_email.toLowerCase() === wanted);
      const isAtDomain = domains
        .flatMap((list) => list ?? [])
        .some(
          (one) =>
            one.valid && (as !== null || !hasOurKeys(one.dns)) && wanted.endsWith(`@${one.domain.toLowerCase()}`),
        );
      if (isSender || isAtDomain) return 'verified';
      return senders && domains.every((list) => list !== null) ? 'not-verified' : 'unknown';
    },
  };
}
