// Decimal strings and whole minor units, per currency; used wherever the sandbox adds prices up.

const zeroDecimals = new Set('BIF CLP DJF GNF JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));
const threeDecimals = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

export function decimalsOf(currency: string): number {
  return zeroDecimals.has(currency) ? 0 : threeDecimals.has(currency) ? 3 : 2;
}

/** "19.9" EUR → 1990 */
export function toMinor(amount: string, currency: string): number {
  return Math.round(Number(amount) * 10 ** decimalsOf(currency));
}

/** 1990 EUR → "19.90"; 1990 JPY → "1990" */
export function fromMinor(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(decimals);
}

/** The same amount written with the currency's number of decimals. */
export function normalAmount(amount: string | number, currency: string): string {
  return fromMinor(toMinor(String(amount), currency), currency);
}

export function convert(amount: string, from: string, to: string, rate: number): string {
  if (from === to) return normalAmount(amount, to);
  return fromMinor(Math.round(Number(amount) * rate * 10 ** decimalsOf(to)), to);
}

/** As the GraphQL scalar Decimal writes money: "10.0", "19.99", "1000.0". */
export function bigDecimal(amount: string): string {
  if (!amount.includes('.')) return `${amount}.0`;
  const trimmed = amount.replace(/0+$/, '');
  return trimmed.endsWith('.') ? `${trimmed}0` : trimmed;
}
