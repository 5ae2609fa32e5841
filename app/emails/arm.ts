/** The arm an e-mail is compiled for: the set of facts that hold for a recipient. Called by compile, the pipeline and the preview. */
import type { Block, BlockLink, EmailContent, SubjectVariant } from './content';
import { present } from './escape';
import { type Condition, FACTS, type Fact } from './facts';
import type { EmailValues } from './values';
import { webAddress } from './web-address';

/** The facts that hold for one recipient, in the order of `FACTS`, and only those this e-mail depends on. */
export type Arm = readonly Fact[];

const sourceFacts = { items: 'hasItems', 'most-bought': 'hasMostBought', recommended: 'hasRecommended' } as const;

function linkConditions(link: BlockLink | undefined): Condition[] {
  return link?.to === 'checkout' ? ['hasCheckout'] : [];
}

/** What must hold for a block to be shown: what the owner asked, and what the block cannot do without. */
export function conditionsOf(block: Block): Condition[] {
  const asked = block.when ?? [];
  switch (block.type) {
    case 'products':
      return [...asked, sourceFacts[block.source]];
    case 'cart':
      return [...asked, 'hasItems'];
    case 'code':
      return [...asked, 'hasCode'];
    case 'button':
    case 'image':
      return [...asked, ...linkConditions(block.link)];
    default:
      return asked;
  }
}

/** Whether every condition holds in an arm. */
export function holds(conditions: readonly Condition[], arm: Arm): boolean {
  return conditions.every((condition) => {
    const fact = condition.replace('not:', '') as Fact;
    return arm.includes(fact) !== condition.startsWith('not:');
  });
}

const facts = new WeakMap<EmailContent, Fact[]>();

/** The facts an e-mail depends on; nothing else makes another arm of it. */
export function factsOf(content: EmailContent): Fact[] {
  const known = facts.get(content);
  if (known) return known;
  const found = findFacts(content);
  facts.set(content, found);
  return found;
}

function findFacts(content: EmailContent): Fact[] {
  const conditions = [
    ...content.blocks.flatMap(conditionsOf),
    ...(content.subjectVariants ?? []).flatMap((variant) => variant.when),
    // The cart's total line stands inside its block.
    ...(content.blocks.some((block) => block.type === 'cart') ? (['hasTotal', 'hasCheckout'] as const) : []),
    ...(content.blocks.some((block) => block.type === 'code') ? (['hasCodeEnd'] as const) : []),
  ];
  const named = new Set(conditions.map((condition) => condition.replace('not:', '')));
  return FACTS.filter((fact) => named.has(fact));
}

/** Whether a fact holds for these values. */
function isTrue(fact: Fact, values: EmailValues): boolean {
  switch (fact) {
    case 'boughtAtCheckout':
      return values.boughtAtCheckout;
    case 'hasCheckout':
      return values.checkoutUrl !== null && webAddress(values.checkoutUrl) !== null;
    case 'hasCode':
      return present(values.code?.code) !== null;
    case 'hasCodeEnd':
      return present(values.code?.code) !== null && present(values.code?.endsOn) !== null;
    case 'hasItems':
      return values.items.length > 0;
    case 'hasMostBought':
      return values.mostBought.length > 0;
    case 'hasRecommended':
      return values.recommended.length > 0;
    case 'hasTotal':
      return present(values.total) !== null;
  }
}

/** The arm one recipient needs: pass it to `compileEmail`, and use `arm.join('+')` as part of a cache key. */
export function armOf(content: EmailContent, values: EmailValues): Arm {
  return armOfFacts(factsOf(content), values);
}

/** The same, from the facts a compiled e-mail names, which stand in the order of `FACTS`. */
export function armOfFacts(facts: readonly Fact[], values: EmailValues): Arm {
  return facts.filter((fact) => isTrue(fact, values));
}

/** The subject for some people alone that this person gets; undefined where they get the one for all. */
export function subjectFor({ subjectVariants }: EmailContent, arm: Arm): SubjectVariant | undefined {
  return subjectVariants?.find((variant) => holds(variant.when, arm));
}
