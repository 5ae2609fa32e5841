/** Sample values with which an e-mail becomes about as large as it can: asked when an owner saves an edit. */
import type { Language } from '../lib/language';
import { type Arm, conditionsOf, holds } from './arm';
import { everyArm, valuesForArm } from './arm-samples';
import type { Block, EmailContent } from './content';
import type { EmailValues } from './values';

/** What one product adds to the HTML, roughly: its picture, title, prices and links. */
const BYTES_OF_A_ROW = 2500;
/** No block shows more. */
const MOST_ROWS = 12;

function weightOf(block: Block): number {
  const rows = block.type === 'products' || block.type === 'cart' ? block.max : 0;
  return JSON.stringify(block).length + rows * BYTES_OF_A_ROW;
}

/** The arm that shows the most. */
function heaviestArm(content: EmailContent): Arm {
  const weighed = content.blocks.map((block) => ({ conditions: conditionsOf(block), weight: weightOf(block) }));
  const weightIn = (arm: Arm) =>
    weighed.reduce((sum, { conditions, weight }) => sum + (holds(conditions, arm) ? weight : 0), 0);
  const [first = [], ...rest] = everyArm(content);
  return rest.reduce<{ arm: Arm; weight: number }>(
    (heaviest, arm) => (weightIn(arm) > heaviest.weight ? { arm, weight: weightIn(arm) } : heaviest),
    { arm: first, weight: weightIn(first) },
  ).arm;
}

const repeated = <T>(rows: readonly T[]): T[] =>
  rows.length === 0 ? [] : Array.from({ length: MOST_ROWS }, (_, index) => rows[index % rows.length] as T);

/** A made-up recipient with every list full, for the arm that shows the most. */
export function largestValues(content: EmailContent, language: Language): EmailValues {
  const values = valuesForArm(heaviestArm(content), language);
  return {
    ...values,
    items: repeated(values.items),
    mostBought: repeated(values.mostBought),
    recommended: repeated(values.recommended),
  };
}
