/** As much of an e-mail as the scenario's page knows: its subjects and what products it shows. The editor knows the rest. */

export interface Words {
  fr: string;
  en: string;
}

/** As much of an e-mail as the editor looks at; what it does not know it carries along unchanged. */
export interface EditorEmail {
  key: string;
  subject: Words;
  previewText: Words;
  subjectVariants?: { when: string[]; subject: Words; previewText: Words }[] | undefined;
  blocks: { id: string; type: string; when?: string[] | undefined }[];
}

/** The subject as most people read it: that of the first variant whose circumstances are usual. */
export function usualSubject({ subject, subjectVariants = [] }: EditorEmail, hasCode: boolean): Words {
  const usual = hasCode ? ['hasCode', 'hasCodeEnd', 'not:boughtAtCheckout'] : ['not:hasCode', 'not:boughtAtCheckout'];
  return subjectVariants.find(({ when }) => when.every((fact) => usual.includes(fact)))?.subject ?? subject;
}

/** Whether two states of an e-mail differ in their words alone, not in what is there and in which order. */
export function sameShape(one: EditorEmail, other: EditorEmail): boolean {
  const shape = ({ subjectVariants = [], blocks }: EditorEmail) =>
    JSON.stringify([subjectVariants.map(({ when }) => when), blocks.map(({ id }) => id)]);
  return shape(one) === shape(other);
}

/** Which products it shows besides a cart: picks for each person, or the shop's best sellers. */
export function productsShown({ blocks }: EditorEmail): 'picks' | 'best-sellers' | null {
  const sources = blocks.flatMap((block) => (block.type === 'products' && 'source' in block ? [block.source] : []));
  if (sources.includes('recommended')) return 'picks';
  return sources.includes('most-bought') ? 'best-sellers' : null;
}
