/** Whom an e-mail could reach, as SQL over a customer `c`; the scans and the reports ask it. The last look has the final word. */
import { type SQL, sql } from 'drizzle-orm';
import type { ScenarioKey } from '../domain/scenario';
import type { ShopSettings } from '../domain/shop';

/** Nothing of the person's own stands in the way but perhaps the ground. */
export function reachable(scenario: ScenarioKey): SQL {
  return sql`c.deleted_at is null and c.email is not null and c.suppressed is null
    and not (coalesce(c.preferences->'refused', '[]'::jsonb) ? ${scenario})`;
}

/** Reachable, and subscribed. */
export function subscribed(scenario: ScenarioKey): SQL {
  return sql`c.consent_state = 'subscribed' and ${reachable(scenario)}`;
}

/** As `isConfirmed` decides of a subscriber: where the shop asks for double opt-in, they confirmed it. */
export function confirmed({ confirmedOnly }: Pick<ShopSettings, 'confirmedOnly'>): SQL {
  return confirmedOnly ? sql`c.consent_level = 'confirmed_opt_in'` : sql`true`;
}

/** The owner leaves nobody like this out. */
export function notLeftOut({ leftOutTags }: Pick<ShopSettings, 'leftOutTags'>): SQL {
  if (leftOutTags.length === 0) return sql`c.left_out_segment is null`;
  const tags = sql.param(leftOutTags.map((tag) => tag.toLowerCase()));
  return sql`c.left_out_segment is null
    and not exists (select from unnest(c.tags) tag where lower(tag) = any(${tags}::text[]))`;
}
