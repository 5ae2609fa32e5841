// Numeric ids as Shopify gives them, as strings. Customers, checkouts and lines lie beyond 2^53 and are neighbours there,
// so code that lets JSON.parse round them mixes people up and its tests notice. Used by state.ts.

export type IdKind =
  | 'shop'
  | 'customer'
  | 'address'
  | 'product'
  | 'variant'
  | 'inventoryItem'
  | 'image'
  | 'collection'
  | 'option'
  | 'checkout'
  | 'order'
  | 'line'
  | 'refund'
  | 'transaction'
  | 'fulfillment'
  | 'metafield'
  | 'bulkOperation'
  | 'discount'
  | 'redeemCode'
  | 'codeCreation'
  | 'segment'
  | 'user'
  | 'other';

const starts: Record<IdKind, bigint> = {
  shop: 61_000_000_000n,
  customer: 9_007_199_254_741_001n,
  address: 9_314_000_000_001n,
  product: 7_880_321_100_001n,
  variant: 44_120_000_000_001n,
  inventoryItem: 46_200_000_000_001n,
  image: 38_100_000_000_001n,
  collection: 412_000_000_001n,
  option: 10_300_000_000_001n,
  checkout: 981_820_079_255_243_001n,
  order: 5_820_982_911_001n,
  line: 487_817_672_276_298_001n,
  refund: 890_088_186_001n,
  transaction: 6_245_135_271_001n,
  fulfillment: 5_012_345_600_001n,
  metafield: 25_100_000_000_001n,
  bulkOperation: 4_147_595_010_001n,
  discount: 1_057_371_184_001n,
  redeemCode: 15_211_000_000_001n,
  codeCreation: 989_355_119_001n,
  segment: 552_820_117_001n,
  user: 90_254_163_501n,
  other: 1_000_000_001n,
};

export interface Ids {
  next(kind: IdKind): string;
  /** For the snapshot: the next number of each kind. */
  counters(): Record<string, string>;
}

export function createIds(saved: Record<string, string> = {}): Ids {
  const counters = new Map<string, bigint>(Object.entries(starts));
  for (const [kind, value] of Object.entries(saved)) counters.set(kind, BigInt(value));
  return {
    next(kind) {
      const id = counters.get(kind) ?? 1n;
      counters.set(kind, id + 1n);
      return id.toString();
    },
    counters: () => Object.fromEntries([...counters].map(([kind, value]) => [kind, value.toString()])),
  };
}

/** Orders numeric strings of any length. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}

/** The number at the end of a gid of the given type (any type when absent), or null when it is not one. */
export function idOf(value: string, type?: string): string | null {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(?:\?.*)?$/.exec(value);
  if (!match) return null;
  if (type !== undefined && match[1] !== type) return null;
  return match[2] ?? null;
}
