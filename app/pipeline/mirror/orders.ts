/** Orders and refunds: changes applied to the mirror, answered with what they mean. */
import type { DomainEvent } from '../../domain/event';
import type { OrderSnapshot, RefundSnapshot } from '../../domain/snapshot';
import { completeCheckouts } from '../../store/checkouts';
import { noteUsedCodes } from '../../store/code-uses';
import { countOrders } from '../../store/customers';
import { addRefunds, hasOrder, sumRefunds, upsertOrders } from '../../store/orders';
import type { ShopScope } from '../../store/scope';
import { resolveShoppers } from './people';

/** Any number of orders, from a webhook, a query or the import. */
export async function applyOrders(
  shop: ShopScope,
  tellings: readonly OrderSnapshot[],
  now: Date,
): Promise<DomainEvent[]> {
  const { people, events } = await resolveShoppers(shop, tellings, now);
  const orders = tellings.map((order, index) => ({
    ...order,
    ...(people[index] ?? { personId: null, emailKey: null }),
  }));
  const written = await upsertOrders(shop, orders);
  const ids = orders.map((order) => order.id);
  // An older telling may still hold a refund nobody told of.
  const refunds = await addRefunds(
    shop,
    orders.flatMap((order) => order.refunds),
  );
  await sumRefunds(shop, ids);
  const completed = await completeCheckouts(shop, { orderIds: ids });
  await countOrders(
    shop,
    orders.flatMap(({ personId }) => personId ?? []),
  );
  await noteUsedCodes(
    shop,
    written.map((order) => order.id),
  );
  const byId = new Map(orders.map((order) => [order.id, order]));
  for (const { id, at } of completed) events.push({ type: 'checkout.completed', checkoutId: id, at });
  for (const { id, isNew, newlyCancelled } of written) {
    const order = byId.get(id);
    if (!order) continue;
    if (isNew) events.push({ type: 'order.placed', orderId: id, customerId: order.personId, at: order.processedAt });
    if (newlyCancelled && order.cancelledAt)
      events.push({ type: 'order.cancelled', orderId: id, at: order.cancelledAt });
  }
  for (const { orderId, createdAt } of refunds) events.push({ type: 'order.refunded', orderId, at: createdAt });
  return events;
}

/** refunds/create; kept also when its order is not known yet. */
export async function applyRefund(shop: ShopScope, refund: RefundSnapshot): Promise<DomainEvent[]> {
  const fresh = await addRefunds(shop, [refund]);
  await sumRefunds(shop, [refund.orderId]);
  if (fresh.length === 0 || !(await hasOrder(shop, refund.orderId))) return [];
  return [{ type: 'order.refunded', orderId: refund.orderId, at: refund.createdAt }];
}
