/** Words a block may do without: asked for by a checkbox, then a field like any other. Used by the blocks' settings. */
import { Checkbox } from '@shopify/polaris';
import type { Words } from '../lib/language';
import { WordsField } from './words-field';

interface OptionalWordsProps {
  label: string;
  ask: string;
  path: string;
  words: Words | undefined;
  original: Words | undefined;
  long?: boolean;
  /** What stands there when they are added. */
  start: Words;
  onChange(words: Words | undefined): void;
}

export function OptionalWords({ ask, words, start, onChange, ...field }: OptionalWordsProps) {
  return (
    <>
      <Checkbox
        label={ask}
        checked={words !== undefined}
        onChange={(wanted) => onChange(wanted ? (field.original ?? start) : undefined)}
      />
      {words && <WordsField {...field} words={words} onChange={onChange} />}
    </>
  );
}
