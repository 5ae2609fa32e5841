/** What was seen outside of what a scenario's e-mails rest on: web addresses, the owner's own code, their sender. Kept with when. */

/** What an address answered. `unclear`: it cannot be said, as the other side lets no program look or answers badly for now. */
export type AddressSeen =
  | { state: 'there'; bytes: number | null; type: string | null }
  | { state: 'gone'; status: number }
  | { state: 'no-such-host' | 'not-public' | 'redirects-away' | 'no-answer' }
  | { state: 'unclear'; status: number };

export type CodeSeen = 'there' | 'ended' | 'not-yet' | 'gone';
export type SenderSeen = 'verified' | 'not-verified' | 'unknown';

export interface Seen {
  /** By the address as it was asked. */
  addresses: Record<string, AddressSeen>;
  code: { code: string; state: CodeSeen } | null;
  sender: { email: string; state: SenderSeen } | null;
}

export const NOTHING_SEEN: Seen = { addresses: {}, code: null, sender: null };
