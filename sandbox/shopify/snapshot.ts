// Keeps the shops on disk: one JSON file per shop, written whole and renamed, at most once a second and at close. Used by sandbox/main.ts.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiscountSnapshot } from './discounts/book';
import { createIds } from './ids';
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
import { ShopifyState, type ShopState } from './state';

interface ShopSnapshot {
  record: ShopRecord;
  installation: InstallationRecord | null;
  customers: CustomerRecord[];
  products: ProductRecord[];
  variants: VariantRecord[];
  collections: CollectionRecord[];
  checkouts: CheckoutRecord[];
  orders: OrderRecord[];
  bulkOperations: BulkOperationRecord[];
  /** Absent in what older sandboxes wrote. */
  book?: DiscountSnapshot;
  segments?: SegmentRecord[];
  files?: FileRecord[];
}

interface CommonSnapshot {
  ids: Record<string, string>;
  pendingDeliveries: WebhookDelivery[];
}

export interface SnapshotKeeper {
  /** Writes what changed since the last time. */
  flush(): void;
  close(): void;
}

/** Reads the snapshots of a folder; an empty or absent folder gives an empty state. */
export function loadState(dir: string | undefined): ShopifyState {
  if (dir === undefined) return new ShopifyState();
  mkdirSync(dir, { recursive: true });
  const names = readdirSync(dir).filter((name) => name.endsWith('.json'));
  const common = names.includes('common.json') ? read<CommonSnapshot>(join(dir, 'common.json')) : undefined;
  const state = new ShopifyState(createIds(common?.ids));
  for (const name of names) {
    if (name.endsWith('.myshopify.com.json')) restoreShop(state, read<ShopSnapshot>(join(dir, name)));
  }
  for (const delivery of common?.pendingDeliveries ?? []) state.deliveries.set(delivery.id, delivery);
  return state;
}

/** Watches the state; a big shop is written less often, so that writing never takes more than a tenth of the time. */
export function keepSnapshots(state: ShopifyState, dir: string | undefined): SnapshotKeeper {
  if (dir === undefined) return { flush: () => undefined, close: () => undefined };
  const written = new Map<string, number>([...state.shops.values()].map((shop) => [shop.domain, shop.version]));
  const notBefore = new Map<string, number>();
  const writeShop = (shop: ShopState, now: number): void => {
    const started = Date.now();
    written.set(shop.domain, shop.version);
    write(join(dir, `${shop.domain}.json`), snapshotOf(shop));
    notBefore.set(shop.domain, now + (Date.now() - started) * 10);
  };
  const flush = (isLast = false): void => {
    const now = Date.now();
    let changed = false;
    for (const shop of state.shops.values()) {
      if (written.get(shop.domain) === shop.version) continue;
      if (!isLast && now < (notBefore.get(shop.domain) ?? 0)) continue;
      writeShop(shop, now);
      changed = true;
    }
    for (const domain of [...written.keys()].filter((name) => !state.shops.has(name))) {
      rmSync(join(dir, `${domain}.json`), { force: true });
      written.delete(domain);
    }
    if (changed || isLast) write(join(dir, 'common.json'), commonOf(state));
  };
  const timer = setInterval(() => flush(), 1_000);
  timer.unref();
  return {
    flush: () => flush(true),
    close: () => {
      clearInterval(timer);
      flush(true);
    },
  };
}

function commonOf(state: ShopifyState): CommonSnapshot {
  const pendingDeliveries = [...state.deliveries.values()].filter((delivery) => delivery.outcome === 'pending');
  return { ids: state.ids.counters(), pendingDeliveries };
}

function snapshotOf(shop: ShopState): ShopSnapshot {
  return {
    record: shop.record,
    installation: shop.installation,
    customers: [...shop.customers.values()],
    products: [...shop.products.values()],
    variants: [...shop.variants.values()],
    collections: [...shop.collections.values()],
    checkouts: [...shop.checkouts.values()],
    orders: [...shop.orders.values()],
    bulkOperations: [...shop.bulkOperations.values()],
    book: shop.book.snapshot(),
    segments: [...shop.segments.values()],
    files: [...shop.files.values()],
  };
}

function restoreShop(state: ShopifyState, saved: ShopSnapshot): void {
  const shop = state.addShop(saved.record);
  shop.installation = saved.installation;
  for (const customer of saved.customers) shop.putCustomer(customer);
  for (const product of saved.products) shop.products.set(product.id, product);
  for (const variant of saved.variants) shop.variants.set(variant.id, variant);
  for (const collection of saved.collections) shop.collections.set(collection.id, collection);
  for (const checkout of saved.checkouts) shop.putCheckout(checkout);
  for (const order of saved.orders) shop.putOrder(order);
  for (const operation of saved.bulkOperations) shop.bulkOperations.set(operation.id, operation);
  for (const segment of saved.segments ?? []) shop.segments.set(segment.id, segment);
  for (const file of saved.files ?? []) shop.files.set(file.id, file);
  if (saved.book) shop.book.restore(saved.book);
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function write(path: string, content: unknown): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, JSON.stringify(content));
  renameSync(temporary, path);
}
