/** Tells a person's click from a security scanner's, as far as one can. A machine's click is kept but counts for nobody. */

/** Scanners open every link within seconds of delivery; people do not. */
const TOO_FAST_MS = 5_000;

/** Agents that say themselves that they are no person. */
const MACHINE_AGENT = /bot|crawl|spider|scan|preview|proofpoint|barracuda|mimecast|curl|wget|python|headless/i;

/**
 * @param click.deliveredAt null when delivery was not told yet
 * @param click.userAgent as SendGrid passes it on; null when unknown
 */
export function isMachineClick({
  at,
  deliveredAt,
  userAgent,
}: {
  at: Date;
  deliveredAt: Date | null;
  userAgent: string | null;
}): boolean {
  if (userAgent !== null && MACHINE_AGENT.test(userAgent)) return true;
  if (deliveredAt === null) return false;
  const after = at.getTime() - deliveredAt.getTime();
  return after >= 0 && after < TOO_FAST_MS;
}
