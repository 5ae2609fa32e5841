/** Asks SendGrid to forget a recipient, when Shopify asked us to. */

export interface RecipientEraser {
  /**
   * @param as the subuser to ask; null: the account itself
   * @throws when SendGrid did not take the request: the job tries again
   */
  erase(email: string, as: string | null): Promise<void>;
}

const TIMEOUT_MS = 15_000;

/** Source: https://www.twilio.com/docs/sendgrid/api-reference/recipients-data-erasure/delete-recipients-email-data */
export function makeRecipientEraser({ apiKey, baseUrl }: { apiKey: string; baseUrl: string }): RecipientEraser {
  return {
    async erase(email, as) {
      const response = await fetch(`${baseUrl}/v3/recipients/erasejob`, {
        method: 'POST',
        headers: {
          ...{ authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
          ...(as === null ? {} : { 'on-behalf-of': as }),
        },
        body: JSON.stringify({ email_addresses: [email] }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`SendGrid answered ${response.status} to an erasure`);
    },
  };
}
