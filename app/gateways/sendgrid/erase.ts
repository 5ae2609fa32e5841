/** Asks SendGrid to forget a recipient, when Shopify asked us to. */

export interface RecipientEraser {
  /** @throws when SendGrid did not take the request: the job tries again */
  erase(email: string): Promise<void>;
}

const TIMEOUT_MS = 15_000;

/** Source: https://www.twilio.com/docs/sendgrid/api-reference/recipients-data-erasure/delete-recipients-email-data */
export function makeRecipientEraser({ apiKey, baseUrl }: { apiKey: string; baseUrl: string }): RecipientEraser {
  return {
    async erase(email) {
      const response = await fetch(`${baseUrl}/v3/recipients/erasejob`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ email_addresses: [email] }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`SendGrid answered ${response.status} to an erasure`);
    },
  };
}
