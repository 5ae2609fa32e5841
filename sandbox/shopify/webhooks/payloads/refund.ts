// REST-shaped payload of refunds/create, also used inside an order's `refunds`.
import { normalAmount, toMinor } from '../../money';
import type { OrderRecord, RefundRecord } from '../../records';
import type { ShopState } from '../../state';
import { moneySet, restNumber, staffId, zoned } from './json';
import { orderLine } from './order-line';

export function refundPayload(shop: ShopState, order: OrderRecord, refund: RefundRecord) {
  const zero = moneySet(normalAmount(0, order.currency), order);
  const at = zoned(refund.createdAt, shop.record.timezone);
  return {
    id: restNumber(refund.id),
    order_id: restNumber(order.id),
    created_at: at,
    note: refund.note ?? '',
    user_id: restNumber(staffId),
    processed_at: at,
    duties: [],
    total_duties_set: zero,
    return: null,
    refund_shipping_lines: [],
    restock: refund.restock,
    admin_graphql_api_id: `gid://shopify/Refund/${refund.id}`,
    order_adjustments: [],
    refund_line_items: refund.lines.flatMap((entry) => {
      const line = order.lines.find((one) => one.id === entry.lineItemId);
      if (!line) return [];
      return {
        id: restNumber(entry.id),
        quantity: entry.quantity,
        line_item_id: restNumber(entry.lineItemId),
        location_id: null,
        restock_type: refund.restock ? 'return' : 'no_restock',
        subtotal: Number(entry.subtotal),
        total_tax: 0,
        subtotal_set: moneySet(entry.subtotal, order),
        total_tax_set: zero,
        line_item: orderLine(shop, order, line),
      };
    }),
    transactions: toMinor(refund.amount, order.currency) > 0 ? [transaction(shop, order, refund)] : [],
  };
}

function transaction(shop: ShopState, order: OrderRecord, refund: RefundRecord) {
  const at = zoned(refund.createdAt, shop.record.timezone);
  const nothing = { amount: '0.0', currency: order.currency };
  return {
    id: restNumber(refund.transactionId),
    order_id: restNumber(order.id),
    kind: 'refund',
    gateway: 'bogus',
    status: 'success',
    message: 'Bogus Gateway: Forced success',
    created_at: at,
    test: order.test,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: restNumber(order.transactionId),
    processed_at: at,
    device_id: null,
    error_code: null,
    source_name: 'web',
    receipt: {},
    amount: refund.amount,
    currency: order.currency,
    payment_id: `${order.name}.1`,
    total_unsettled_set: { presentment_money: nothing, shop_money: nothing },
    manual_payment_gateway: false,
    amount_rounding: null,
    admin_graphql_api_id: `gid://shopify/OrderTransaction/${refund.transactionId}`,
  };
}
