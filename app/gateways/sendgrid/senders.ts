/** Asks SendGrid whether it lets our account send from an address. */
import { z } from 'zod';

export interface SenderCheck {
  /** `unknown` when SendGrid cannot be asked, or the key may not ask: nobody is refused for that. */
  check(email: string): Promise<'verified' | 'not-verified' | 'unknown'>;
}

const TIMEOUT_MS = 10_000;
const sendersShape = z.object({ results: z.array(z.object({ from_email: z.string(), verified: z.boolean() })) });
const domainsShape = z.array(z.object({ domain: z.string(), valid: z.boolean() }));

/**
 * An address is good when it is a verified single sender, or at a domain authenticated with SendGrid. The list of domains
 * holds stale entries, so only valid ones count.
 * Sources: https://www.twilio.com/docs/sendgrid/api-reference/sender-verification/get-all-verified-senders and
 * https://www.twilio.com/docs/sendgrid/api-reference/domain-authentication/list-all-authenticated-domains
 */
export function makeSenderCheck({ apiKey, baseUrl }: { apiKey: string; baseUrl: string }): SenderCheck {
  const ask = async <T extends z.ZodType>(path: string, shape: T): Promise<z.infer<T> | null> => {
    try {
      const response = await fetch(`${baseUrl}${path}`, {
        headers: { authorization: `Bearer ${apiKey}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const parsed = shape.safeParse(response.ok ? await response.json() : null);
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  };
  return {
    async check(email) {
      const wanted = email.toLowerCase();
      const [senders, domains] = await Promise.all([
        ask('/v3/verified_senders', sendersShape),
        ask('/v3/whitelabel/domains', domainsShape),
      ]);
      const isSender = senders?.results.some((one) => one.verified && one.from_email.toLowerCase() === wanted);
      const isAtDomain = domains?.some((one) => one.valid && wanted.endsWith(`@${one.domain.toLowerCase()}`));
      if (isSender || isAtDomain) return 'verified';
      return senders && domains ? 'not-verified' : 'unknown';
    },
  };
}
