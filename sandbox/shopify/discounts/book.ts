// A shop's discounts and codes with the lookups they need. Part of ShopState; changed by the discount verbs.
import type { CodeCreationRecord, DiscountRecord, RedeemCodeRecord } from './records';

export interface DiscountSnapshot {
  discounts: DiscountRecord[];
  codes: RedeemCodeRecord[];
  creations: CodeCreationRecord[];
}

/** Codes are one namespace in the shop, whatever the letters' case. */
export class DiscountBook {
  readonly discounts = new Map<string, DiscountRecord>();
  readonly codes = new Map<string, RedeemCodeRecord>();
  readonly creations = new Map<string, CodeCreationRecord>();
  private readonly idByText = new Map<string, string>();
  private readonly idsByDiscount = new Map<string, Set<string>>();

  findCode(text: string): RedeemCodeRecord | undefined {
    const id = this.idByText.get(keyOf(text));
    return id === undefined ? undefined : this.codes.get(id);
  }

  /** In the order in which they were added. */
  codesOf(discountId: string): RedeemCodeRecord[] {
    return [...(this.idsByDiscount.get(discountId) ?? [])].flatMap((id) => this.codes.get(id) ?? []);
  }

  codeCount(discountId: string): number {
    return this.idsByDiscount.get(discountId)?.size ?? 0;
  }

  putDiscount(discount: DiscountRecord): void {
    this.discounts.set(discount.id, discount);
  }

  putCode(code: RedeemCodeRecord): void {
    this.codes.set(code.id, code);
    this.idByText.set(keyOf(code.code), code.id);
    const ids = this.idsByDiscount.get(code.discountId) ?? new Set();
    this.idsByDiscount.set(code.discountId, ids.add(code.id));
  }

  renameCode(code: RedeemCodeRecord, text: string): void {
    this.idByText.delete(keyOf(code.code));
    code.code = text;
    this.idByText.set(keyOf(text), code.id);
  }

  dropCode(code: RedeemCodeRecord): void {
    this.codes.delete(code.id);
    this.idByText.delete(keyOf(code.code));
    this.idsByDiscount.get(code.discountId)?.delete(code.id);
  }

  /** Its codes go with it and may be given again. */
  dropDiscount(id: string): void {
    for (const code of this.codesOf(id)) this.dropCode(code);
    this.idsByDiscount.delete(id);
    this.discounts.delete(id);
  }

  snapshot(): DiscountSnapshot {
    return {
      discounts: [...this.discounts.values()],
      codes: [...this.codes.values()],
      creations: [...this.creations.values()],
    };
  }

  restore({ discounts, codes, creations }: DiscountSnapshot): void {
    for (const discount of discounts) this.putDiscount(discount);
    for (const code of codes) this.putCode(code);
    for (const creation of creations) this.creations.set(creation.id, creation);
  }
}

function keyOf(text: string): string {
  return text.trim().toUpperCase();
}
