// Money as GraphQL shows it: bags in both currencies. Shared by order, checkout and customer resolvers.
import { bigDecimal, convert } from '../../money';
import type { MoneyContext } from '../../records';

export function moneyV2(amount: string, currencyCode: string) {
  return { amount: bigDecimal(amount), currencyCode };
}

export function moneyBag(amount: string, money: MoneyContext) {
  const { currency, presentmentCurrency, presentmentRate } = money;
  return {
    shopMoney: moneyV2(amount, currency),
    presentmentMoney: moneyV2(convert(amount, currency, presentmentCurrency, presentmentRate), presentmentCurrency),
  };
}

/** Sum of price times quantity, still as text. */
export function times(price: string, quantity: number): string {
  const decimals = price.split('.')[1]?.length ?? 0;
  return (Number(price) * quantity).toFixed(decimals);
}
