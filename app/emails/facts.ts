/** The named facts a block may depend on. Used by the content check and by `armOf`. */

export const FACTS = [
  'boughtAtCheckout',
  'hasCheckout',
  'hasCode',
  'hasCodeEnd',
  'hasItems',
  'hasMostBought',
  'hasRecommended',
  'hasTotal',
] as const;
export type Fact = (typeof FACTS)[number];
export type Condition = Fact | `not:${Fact}`;

export const CONDITIONS: readonly [Condition, ...Condition[]] = [
  ...FACTS,
  ...FACTS.map((fact) => `not:${fact}` as const),
];
