/** How often tests with drawn cases draw: enough for every day, or as often as `npm run verify` asks by `PROPERTY_RUNS`. */

const asked = process.env.PROPERTY_RUNS;
const HALF_AN_HOUR = 30 * 60_000;

/** For fast-check: an everyday run ends after `limitMs` whatever it drew; a full one draws all it was asked for. */
export function propertyRuns(usual: number, limitMs: number) {
  return { numRuns: Number(asked ?? usual), interruptAfterTimeLimit: asked ? HALF_AN_HOUR : limitMs };
}

/** For vitest: how long such a test may take. */
export function propertyTimeout(usualMs: number): number {
  return asked ? HALF_AN_HOUR + 60_000 : usualMs;
}
