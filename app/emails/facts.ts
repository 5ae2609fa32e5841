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

/** What always comes along: a code's last day is a day of a code. */
const BRINGS: Partial<Record<Condition, Condition>> = { hasCodeEnd: 'hasCode', 'not:hasCode': 'not:hasCodeEnd' };

function withWhatFollows(when: readonly Condition[]): Set<Condition> {
  return new Set(when.flatMap((one) => [one, BRINGS[one] ?? one]));
}

/** Whether nobody can be meant: something and its opposite. */
export function meansNobody(when: readonly Condition[]): boolean {
  const all = withWhatFollows(when);
  return FACTS.some((fact) => all.has(fact) && all.has(`not:${fact}`));
}

/** Whether all for whom `when` holds are among those for whom `others` does. */
export function isWithin(when: readonly Condition[], others: readonly Condition[]): boolean {
  const all = withWhatFollows(when);
  return others.every((one) => all.has(one));
}
