// One line of an order as webhooks write it; shared by order, refund and fulfillment payloads.
import { normalAmount } from '../../money';
import type { LineRecord, OrderRecord } from '../../records';
import type { ShopState } from '../../state';
import { lineAllocations } from './discount-use';
import { moneySet, restNumber, restNumberOrNull } from './json';

export function orderLine(shop: ShopState, order: OrderRecord, line: LineRecord) {
  const zero = normalAmount(0, order.currency);
  const isDone = line.fulfilledQuantity >= line.quantity;
  return {
    id: restNumber(line.id),
    admin_graphql_api_id: `gid://shopify/LineItem/${line.id}`,
    attributed_staffs: [],
    current_quantity: line.currentQuantity,
    fulfillable_quantity: Math.max(0, line.currentQuantity - line.fulfilledQuantity),
    fulfillment_service: 'manual',
    fulfillment_status: isDone ? 'fulfilled' : line.fulfilledQuantity > 0 ? 'partial' : null,
    gift_card: false,
    grams: line.grams,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    price: line.price,
    price_set: moneySet(line.price, order),
    product_exists: line.productId !== null && shop.products.has(line.productId),
    product_id: restNumberOrNull(line.productId),
    properties: [],
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sales_line_item_group_id: null,
    sku: line.sku ?? '',
    taxable: true,
    title: line.title,
    total_discount: line.totalDiscount,
    total_discount_set: moneySet(zero, order),
    variant_id: restNumberOrNull(line.variantId),
    variant_inventory_management: line.variantId === null ? null : 'shopify',
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: [],
    duties: [],
    discount_allocations: lineAllocations(order, line),
  };
}
