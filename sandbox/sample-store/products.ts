// Puts the catalogue on the shelves: products, variants, pictures, collections, and in the end the stock.
import { picturePath, type Subject } from '../pictures/draw';
import type { PictureColor } from '../pictures/stage';
import type { ProductInput, VariantInput } from '../shopify/actions';
import type { ProductRecord } from '../shopify/records';
import { CATALOGUE, type CatalogueGroup, type CatalogueItem } from './catalogue';
import type { Filling } from './fill';

/** A product with what only the sample store needs to know of it. */
export interface ShelfItem {
  product: ProductRecord;
  type: string;
  consumable: boolean;
  /** How often it is chosen compared with others. */
  popularity: number;
  /** Not sold before this moment (milliseconds). */
  since: number;
}

const DAY = 86_400_000;
const LANGUAGE_COLORS = 'Couleur';

function imagesOf(item: CatalogueItem): NonNullable<ProductInput['images']> {
  const image = (color: PictureColor, turn: number) => ({
    url: picturePath(item.subject, color, turn),
    alt: item.colors.length > 1 ? `${item.title}, ${color.toLowerCase()}` : item.title,
    width: 600,
    height: 600,
  });
  return item.colors.map((color, i) => image(color, (item.title.length + i) % 7));
}

function skuOf(subject: Subject, product: number, variant: number): string {
  return `ML-${subject.slice(0, 3).toUpperCase()}-${String(product).padStart(3, '0')}${variant > 0 ? `-${variant + 1}` : ''}`;
}

function variantsOf(item: CatalogueItem, number: number): { options: string[]; variants: VariantInput[] } {
  const grams = Math.round(180 + item.price * 12);
  const common = (i: number) => ({
    sku: skuOf(item.subject, number, i),
    grams,
    compareAtPrice: item.compareAt ?? null,
  });
  if (item.sizes) {
    const variants = item.sizes.values.map(([size, price], i) => ({
      ...common(i),
      price,
      title: size,
      optionValues: [size],
    }));
    return { options: [item.sizes.name], variants };
  }
  if (item.colors.length > 1) {
    const variants = item.colors.map((color, i) => ({
      ...common(i),
      price: item.price,
      title: color,
      optionValues: [color],
      imageIndex: i,
    }));
    return { options: [LANGUAGE_COLORS], variants };
  }
  return { options: ['Title'], variants: [{ ...common(0), price: item.price }] };
}

function stockItem(filling: Filling, group: CatalogueGroup, item: CatalogueItem, number: number): ShelfItem {
  const { actions, random, from, now, shop } = filling;
  const isNew = item.tags?.includes('nouveaute') ?? false;
  const since = isNew ? now - random.between(6, 40) * DAY : from - random.between(5, 120) * DAY;
  const product = actions.createProduct(
    shop,
    {
      title: item.title,
      descriptionHtml: `<p>${item.words}</p>`,
      vendor: 'Maison Lune',
      productType: group.type,
      tags: [...(item.tags ?? []), ...(group.consumable ? ['consommable'] : [])],
      images: imagesOf(item),
      ...variantsOf(item, number),
    },
    { at: new Date(since), quiet: true },
  );
  const best = item.tags?.includes('meilleure-vente') ? 4 : 1;
  return { product, type: group.type, consumable: group.consumable, popularity: best * (0.5 + random.next()), since };
}

/** What is in the shop but not on its shelves: a gift card, something not out yet, something no longer made. */
function addOddities({ actions, shop, from, now }: Filling): void {
  const at = { at: new Date(from), quiet: true };
  const values = [25, 50, 100];
  actions.createProduct(
    shop,
    {
      title: 'Carte cadeau Maison Lune',
      descriptionHtml: '<p>À offrir par e-mail, valable un an.</p>',
      vendor: 'Maison Lune',
      productType: 'Cartes cadeaux',
      tags: ['cadeau'],
      isGiftCard: true,
      options: ['Montant'],
      images: [
        { url: picturePath('notebook', 'Vieux rose', 3), alt: 'Carte cadeau Maison Lune', width: 600, height: 600 },
      ],
      variants: values.map((price) => ({
        price,
        title: `${price} €`,
        optionValues: [`${price} €`],
        tracked: false,
        requiresShipping: false,
      })),
    },
    at,
  );
  const extra = { vendor: 'Maison Lune', variants: [{ price: 64, inventoryQuantity: 0 }] };
  actions.createProduct(
    shop,
    {
      ...extra,
      title: 'Lampe Pleine lune (bientôt)',
      productType: 'Luminaires',
      tags: ['coming-soon'],
      status: 'DRAFT',
      publishedAt: null,
    },
    { at: new Date(now - 3 * DAY), quiet: true },
  );
  actions.createProduct(
    shop,
    { ...extra, title: 'Vase Ancien modèle', productType: 'Vases', status: 'ARCHIVED', publishedAt: null },
    at,
  );
}

/** Fills the shelves with the first `count` things of the catalogue, spread over its groups. */
export function stockShelves(filling: Filling, count: number): ShelfItem[] {
  const rounds = Math.max(...CATALOGUE.map((group) => group.items.length));
  const order: [CatalogueGroup, CatalogueItem][] = [];
  for (let round = 0; round < rounds; round++) {
    for (const group of CATALOGUE) {
      const item = group.items[round];
      if (item) order.push([group, item]);
    }
  }
  const shelf = order.slice(0, count).map(([group, item], i) => stockItem(filling, group, item, i + 1));
  for (const title of new Set(CATALOGUE.map((group) => group.collection))) {
    const types = new Set(CATALOGUE.filter((group) => group.collection === title).map((group) => group.type));
    const productIds = shelf.filter((item) => types.has(item.type)).map((item) => item.product.id);
    if (productIds.length > 0) filling.actions.createCollection(filling.shop, { title, productIds }, { quiet: true });
  }
  addOddities(filling);
  return shelf;
}

/** Stock as it is today: mostly plenty, some nearly gone, some sold out. Comes last, because orders take stock. */
export function countStock({ actions, state, random, shop, now }: Filling, shelf: readonly ShelfItem[]): void {
  const chance = random.fork('stock');
  const store = state.shop(shop);
  for (const [i, { product }] of shelf.entries()) {
    for (const variant of store.variantsOf(product)) {
      const turn = (i * 7 + variant.position) % 12;
      const quantity = turn === 3 ? 0 : turn === 8 ? chance.between(1, 5) : chance.between(12, 180);
      actions.updateVariant(
        shop,
        variant.id,
        { inventoryQuantity: quantity, inventoryPolicy: turn === 3 && chance.chance(0.2) ? 'CONTINUE' : 'DENY' },
        {
          at: new Date(Math.max(Date.parse(variant.createdAt), now - chance.between(2, 200) * 3_600_000)),
          quiet: true,
        },
      );
    }
  }
}
