/** The e-mails sent last: to whom, from which scenario, clicked or not. Read by the overview once the page is shown. */
import { sql } from 'drizzle-orm';
import type { ScenarioKey } from '../../domain/scenario';
import type { ShopScope } from '../scope';

export interface RecentSend {
  messageId: string;
  customerId: string;
  /** Null once the person was erased, or as long as Shopify knows no name. */
  name: string | null;
  address: string | null;
  scenario: ScenarioKey;
  subject: string | null;
  sentAt: string;
  clicked: boolean;
}

/** @returns the newest first */
export async function loadLastSent(shop: ShopScope, most: number): Promise<RecentSend[]> {
  const rows = await shop.tx.execute<{
    id: string;
    customer_id: string;
    name: string | null;
    email: string | null;
    scenario: ScenarioKey;
    subject: string | null;
    sent_at: string;
    clicked: boolean;
  }>(sql`
    select m.id, m.customer_id, m.scenario, m.subject, m.sent_at, m.clicked_at is not null as clicked, c.email,
      nullif(concat_ws(' ', c.first_name, c.last_name), '') as name
    from (
      select * from messages where shop_id = ${shop.shopId} and sent_at is not null order by sent_at desc limit ${most}
    ) m left join customers c on c.shop_id = m.shop_id and c.id = m.customer_id
    order by m.sent_at desc, m.id desc`);
  return rows.map((row) => ({
    messageId: row.id,
    customerId: row.customer_id,
    name: row.name,
    address: row.email,
    scenario: row.scenario,
    subject: row.subject,
    sentAt: new Date(row.sent_at).toISOString(),
    clicked: row.clicked,
  }));
}
