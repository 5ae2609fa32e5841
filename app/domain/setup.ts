/** What a shop does once before its e-mails go out as they should; the setup guide's steps, in its order. */

export const SETUP_STEPS = ['sender', 'address', 'domain', 'scenarios', 'test'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** How each step stands, and what it is about. */
export interface Setup {
  done: Record<SetupStep, boolean>;
  senderName: string;
  /** Null while there is none, not even one that shops share. */
  senderEmail: string | null;
  replyTo: string | null;
  /** On one line; null while it is incomplete. */
  address: string | null;
  /** Where a test goes. */
  owner: string | null;
}
