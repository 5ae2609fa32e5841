/** What goes on when the owner resumes: how many e-mails waited, and over how long they are spread. */

/** E-mails that wait for the owner's own switch. */
export interface HeldCount {
  /** May still go out. */
  relevant: number;
  /** Their time passed since the switch. */
  expired: number;
}

export const NOTHING_HELD: HeldCount = { relevant: 0, expired: 0 };

/** What the owner is told on resuming. */
export interface Resumed extends HeldCount {
  /** Over how many minutes the relevant ones go out. */
  minutes: number;
}

/** Few enough at a time that no mailbox provider sees a burst; and however many there are, all within two hours. */
export const RELEASED_A_MINUTE = 100;
export const MOST_RELEASE_MINUTES = 120;

export function minutesToRelease(count: number): number {
  return Math.min(Math.ceil(count / RELEASED_A_MINUTE), MOST_RELEASE_MINUTES);
}

export function sumHeld(counts: Iterable<HeldCount>): HeldCount {
  let sum = NOTHING_HELD;
  for (const { relevant, expired } of counts)
    sum = { relevant: sum.relevant + relevant, expired: sum.expired + expired };
  return sum;
}
