// All shops of the sandbox, indexed by id, kept in memory and written to a snapshot file. Used by every Shopify part and by the pages.
import { SandboxRefusal } from '../http/refusal';
import { DiscountBook } from './discounts/book';
import type { CodeCreationRecord, DiscountRecord, RedeemCodeRecord } from './discounts/records';
import { createIds, type IdKind, type Ids } from './ids';
import type {
  BulkOperationRecord,
  CheckoutRecord,
  CollectionRecord,
  CustomerRecord,
  FileRecord,
  InstallationRecord,
  OrderRecord,
  ProductRecord,
  SegmentRecord,
  ShopRecord,
  VariantRecord,
  WebhookDelivery,
} from './records';

/** One shop: records by id plus the indexes the lookups need. Change records through the actions, then call `touch`. */
export class ShopState {
  readonly record: ShopRecord;
  readonly customers = new Map<string, CustomerRecord>();
  readonly products = new Map<string, ProductRecord>();
  readonly variants = new Map<string, VariantRecord>();
  readonly collections = new Map<string, CollectionRecord>();
  readonly segments = new Map<string, SegmentRecord>();
  readonly files = new Map<string, FileRecord>();
  readonly checkouts = new Map<string, CheckoutRecord>();
  readonly orders = new Map<string, OrderRecord>();
  readonly bulkOperations = new Map<string, BulkOperationRecord>();
  readonly book = new DiscountBook();
  installation: InstallationRecord | null = null;
  readonly customerIdByEmail = new Map<string, string>();
  readonly orderIdsByCustomer = new Map<string, string[]>();
  readonly checkoutIdByToken = new Map<string, string>();
  /** Counts changes; the snapshot writer compares it with what it wrote. */
  version = 0;

  constructor(record: ShopRecord) {
    this.record = record;
  }

  get domain(): string {
    return this.record.domain;
  }

  get discounts(): Map<string, DiscountRecord> {
    return this.book.discounts;
  }
  get redeemCodes(): Map<string, RedeemCodeRecord> {
    return this.book.codes;
  }
  get codeCreations(): Map<string, CodeCreationRecord> {
    return this.book.creations;
  }

  touch(): void {
    this.version += 1;
  }

  customer(id: string): CustomerRecord {
    return found(this.customers.get(id), `customer ${id}`);
  }
  product(id: string): ProductRecord {
    return found(this.products.get(id), `product ${id}`);
  }
  variant(id: string): VariantRecord {
    return found(this.variants.get(id), `variant ${id}`);
  }
  checkout(id: string): CheckoutRecord {
    return found(this.checkouts.get(id), `checkout ${id}`);
  }
  order(id: string): OrderRecord {
    return found(this.orders.get(id), `order ${id}`);
  }
  segment(id: string): SegmentRecord {
    return found(this.segments.get(id), `segment ${id}`);
  }
  discount(id: string): DiscountRecord {
    return found(this.discounts.get(id), `discount ${id}`);
  }

  customerByEmail(email: string): CustomerRecord | undefined {
    const id = this.customerIdByEmail.get(email.trim().toLowerCase());
    return id === undefined ? undefined : this.customers.get(id);
  }
  checkoutByToken(token: string): CheckoutRecord | undefined {
    const id = this.checkoutIdByToken.get(token);
    return id === undefined ? undefined : this.checkouts.get(id);
  }
  productByHandle(handle: string): ProductRecord | undefined {
    for (const product of this.products.values()) if (product.handle === handle) return product;
    return undefined;
  }
  variantsOf(product: ProductRecord): VariantRecord[] {
    return product.variantIds.flatMap((id) => this.variants.get(id) ?? []);
  }
  ordersOf(customerId: string): OrderRecord[] {
    return (this.orderIdsByCustomer.get(customerId) ?? []).flatMap((id) => this.orders.get(id) ?? []);
  }

  putCustomer(customer: CustomerRecord, formerEmail?: string | null): void {
    if (formerEmail) this.customerIdByEmail.delete(formerEmail.toLowerCase());
    this.customers.set(customer.id, customer);
    if (customer.email) this.customerIdByEmail.set(customer.email.toLowerCase(), customer.id);
    this.touch();
  }
  dropCustomer(customer: CustomerRecord): void {
    this.customers.delete(customer.id);
    if (customer.email) this.customerIdByEmail.delete(customer.email.toLowerCase());
    this.touch();
  }
  putCheckout(checkout: CheckoutRecord): void {
    this.checkouts.set(checkout.id, checkout);
    this.checkoutIdByToken.set(checkout.token, checkout.id);
    this.touch();
  }
  putOrder(order: OrderRecord): void {
    const known = this.orders.has(order.id);
    this.orders.set(order.id, order);
    if (!known && order.customerId) this.indexOrder(order.id, order.customerId);
    this.touch();
  }
  indexOrder(orderId: string, customerId: string): void {
    const list = this.orderIdsByCustomer.get(customerId);
    if (list) list.push(orderId);
    else this.orderIdsByCustomer.set(customerId, [orderId]);
  }
}

export class ShopifyState {
  readonly shops = new Map<string, ShopState>();
  readonly deliveries = new Map<string, WebhookDelivery>();
  readonly ids: Ids;
  /** The sandbox's own address, set once it listens; shop, picture and checkout addresses are built on it. */
  baseUrl = 'http://127.0.0.1';

  constructor(ids: Ids = createIds()) {
    this.ids = ids;
  }

  nextId(kind: IdKind): string {
    return this.ids.next(kind);
  }

  /** By domain (`x.myshopify.com`) or handle (`x`); refuses with 404 when there is none. */
  shop(domainOrHandle: string): ShopState {
    return found(this.findShop(domainOrHandle), `shop ${domainOrHandle}`);
  }

  findShop(domainOrHandle: string): ShopState | undefined {
    const name = domainOrHandle.toLowerCase();
    return this.shops.get(name) ?? this.shops.get(`${name}.myshopify.com`);
  }

  addShop(record: ShopRecord): ShopState {
    if (this.shops.has(record.domain)) throw new SandboxRefusal(`There is already a shop ${record.domain}.`, 409);
    const shop = new ShopState(record);
    this.shops.set(record.domain, shop);
    shop.touch();
    return shop;
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new SandboxRefusal(`There is no ${what}.`, 404);
  return value;
}
