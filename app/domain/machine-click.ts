/**
 * Tells a person's click from a security scanner's, as far as one can. A machine's click is kept but counts for nobody.
 * SendGrid does not tell the method: a scanner that only asks with HEAD is known, like the others, by how soon it comes, by how
 * many links at once, or by its agent.
 */

/** Why a click is taken for a machine's. */
export type MachineSign = 'agent' | 'too-fast' | 'all-at-once';

/** Scanners open every link within seconds of delivery; people do not. */
const TOO_FAST_MS = 5_000;
/** Nobody opens two different links of an e-mail in the same second, nor three within a few. SendGrid tells whole seconds. */
const PAIR_WITHIN_MS = 0;
const MANY = { links: 3, withinMs: 3_000 };

/** Agents that say themselves that they are no person. */
const MACHINE_AGENT =
  /bot|crawl|spider|scan|preview|proofpoint|barracuda|mimecast|fortinet|sophos|symantec|trend ?micro|zscaler|cloudmark|safelinks|existence discovery|curl|wget|python|java\/|go-http|okhttp|axios|node-fetch|libwww|headless/i;

/** Whether an agent, as SendGrid passes it on, is a program's; null when unknown. */
export function isMachineAgent(userAgent: string | null): boolean {
  return userAgent !== null && MACHINE_AGENT.test(userAgent);
}

export interface ClickOfMail {
  at: Date;
  url: string;
  /** Its agent said so: that stays whatever else is told. */
  byAgent: boolean;
}

/**
 * What each click of one e-mail looks like, null for a person's. Asked again with every click and with the delivery: SendGrid
 * tells them in any order.
 * @param deliveredAt null when delivery was not told yet. A click before it is the receiving server's own look: nobody else had the e-mail.
 */
export function judgeClicks(clicks: readonly ClickOfMail[], deliveredAt: Date | null): (MachineSign | null)[] {
  return clicks.map((click) => {
    if (click.byAgent) return 'agent';
    if (deliveredAt !== null && click.at.getTime() - deliveredAt.getTime() < TOO_FAST_MS) return 'too-fast';
    return isOneOfMany(click, clicks) ? 'all-at-once' : null;
  });
}

function isOneOfMany({ at, url }: ClickOfMail, clicks: readonly ClickOfMail[]): boolean {
  if (linksWithin(clicks, at.getTime(), PAIR_WITHIN_MS).size >= 2) return true;
  // Any span that holds this click: it may be the first, the last, or between.
  const starts = clicks.map((one) => one.at.getTime()).filter((start) => at.getTime() - start <= MANY.withinMs);
  return starts.some((start) => {
    const links = start <= at.getTime() ? linksWithin(clicks, start, MANY.withinMs) : new Set<string>();
    return links.has(url) && links.size >= MANY.links;
  });
}

/** The different links opened from `start` on, for so long. */
function linksWithin(clicks: readonly ClickOfMail[], start: number, withinMs: number): Set<string> {
  const within = clicks.filter(({ at }) => at.getTime() >= start && at.getTime() - start <= withinMs);
  return new Set(within.map(({ url }) => url));
}
