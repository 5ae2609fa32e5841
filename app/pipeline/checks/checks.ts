/** The checks before a scenario is switched on: read at once, looked at anew by a job. Used by the admin and the worker. */
import type { CheckFinding } from '../../domain/check-finding';
import { isScenarioKey, type ScenarioKey } from '../../domain/scenario';
import { NOTHING_SEEN } from '../../domain/seen';
import type { Clock } from '../../lib/clock';
import { DAY, MINUTE } from '../../lib/duration';
import { together } from '../../lib/together';
import type { Queue } from '../../queue/enqueue';
import { claimLook, findScenarioLook, keepLook } from '../../store/scenario-looks';
import { type Db, inShop, type ShopScope } from '../../store/scope';
import { loadShop } from '../../store/shop-settings';
import { findShopRow } from '../../store/shops';
import type { CompiledEmails } from '../compiled-emails';
import { loadScenario } from '../effective-scenario';
import type { SenderSettings } from '../sender';
import { addressesToAsk, checkScenario } from './check-scenario';
import { type LookParts, lookAround } from './look-around';

export interface ScenarioChecks {
  findings: CheckFinding[];
  /** When what is outside was last looked at; null before the first time. */
  lookedAt: Date | null;
  /** A look is under way. */
  looking: boolean;
  /** Names what there is to look at that never was, or long ago; null where the last look tells all. */
  unseen: string | null;
}

export interface Checks {
  read(shopId: number, key: ScenarioKey): Promise<ScenarioChecks>;
  /** Has everything outside looked at anew. */
  ask(shopId: number, key: ScenarioKey): Promise<void>;
  /** What must be put right before this scenario may be switched on. */
  inTheWay(shopId: number, key: ScenarioKey): Promise<CheckFinding[]>;
  /** Bound to `scenario.look`. */
  look(job: { shopId: number; scenario: string }): Promise<void>;
}

export interface CheckParts extends LookParts {
  db: Db;
  queue: Queue;
  clock: Clock;
  compiled: CompiledEmails;
  settings: SenderSettings;
}

/** After this a look is taken for lost, and may be asked for again. */
const MOST_LOOKING_MS = 2 * MINUTE;
const STALE_MS = 7 * DAY;

export function makeChecks(parts: CheckParts): Checks {
  const { db, queue, clock } = parts;
  return {
    read: (shopId, key) => read(parts, shopId, key),
    ask: (shopId, scenario) =>
      inShop(db, shopId, async (shop) => {
        const now = clock.now();
        const stillWaitedFor = new Date(now.getTime() - MOST_LOOKING_MS);
        if (!(await claimLook(shop, { scenario, now, stillWaitedFor }))) return;
        await queue.enqueue(shop, 'scenario.look', [{ shopId, scenario }]);
      }),
    inTheWay: async (shopId, key) => (await read(parts, shopId, key)).findings.filter(({ level }) => level === 'mend'),
    look: (job) => look(parts, job),
  };
}

function gather(shop: ShopScope, key: ScenarioKey) {
  return together({ shop: loadShop(shop), scenario: loadScenario(shop, key), look: findScenarioLook(shop, key) });
}

async function read(
  { db, clock, compiled, settings }: CheckParts,
  shopId: number,
  key: ScenarioKey,
): Promise<ScenarioChecks> {
  const { shop, scenario, look: last } = await inShop(db, shopId, (scope) => gather(scope, key));
  const now = clock.now();
  const seen = last?.seen ?? NOTHING_SEEN;
  const { offer } = scenario.definition;
  const waiting = last !== null && (last.lookedAt === null || last.lookedAt < last.askedAt);
  const wanted = addressesToAsk({ shop, key, scenario }).flatMap(({ address }) =>
    seen.addresses[address] ? [] : [address],
  );
  if (offer?.kind === 'fixed-code' && seen.code?.code !== offer.code) wanted.push(offer.code);
  const { senderEmail } = shop.settings;
  if (senderEmail !== null && seen.sender?.email !== senderEmail) wanted.push(senderEmail);
  if (last?.lookedAt == null || now.getTime() - last.lookedAt.getTime() > STALE_MS) wanted.push('all');
  return {
    findings: await checkScenario(compiled, { shop, key, scenario, seen, settings, now }),
    lookedAt: last?.lookedAt ?? null,
    looking: waiting && now.getTime() - last.askedAt.getTime() < MOST_LOOKING_MS,
    unseen: wanted.length > 0 ? wanted.join('\n') : null,
  };
}

async function look(parts: CheckParts, { shopId, scenario: key }: { shopId: number; scenario: string }): Promise<void> {
  if (!isScenarioKey(key)) return;
  const { db, clock } = parts;
  const found = await inShop(db, shopId, async (scope) => {
    const row = await findShopRow(scope);
    return row?.installedAt && !row.uninstalledAt ? gather(scope, key) : null;
  });
  if (!found) return;
  const at = clock.now();
  const seen = await lookAround(parts, { ...found, key });
  await inShop(db, shopId, (scope) => keepLook(scope, { scenario: key, seen, at }));
}
