/** For whom a block is shown: everybody, or those for whom something holds. Used by the blocks' settings. */
import { BlockStack, Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CONDITIONS, type Condition } from '../emails/facts';

/** A condition as the owner reads it. */
export function useWhenWords(): (condition: Condition) => string {
  const { t } = useTranslation();
  return (condition) => t(`scenario.editor.when.${condition}`);
}

const ALWAYS = 'always';
/** Two are enough for everything an owner told us of; more would be a riddle. */
const MOST = 3;

const factOf = (condition: string) => condition.replace('not:', '');

export function WhenField({
  when = [],
  onChange,
}: {
  when: readonly Condition[] | undefined;
  onChange(when: Condition[] | undefined): void;
}) {
  const { t } = useTranslation();
  const words = useWhenWords();
  const choose = (place: number, value: string) => {
    const chosen = CONDITIONS.find((one) => one === value);
    const next = chosen ? when.toSpliced(place, 1, chosen) : when.toSpliced(place, 1);
    onChange(next.length > 0 ? next : undefined);
  };
  const rows = when.length < MOST ? [...when, ALWAYS] : when;
  return (
    <BlockStack gap="200">
      {rows.map((value, place) => {
        const taken = when.filter((_, other) => other !== place).map(factOf);
        const free = CONDITIONS.filter((one) => one === value || !taken.includes(factOf(one)));
        const first = place === 0 ? t('editor.when.everybody') : t('editor.when.nothingElse');
        return (
          <Select
            key={value}
            label={t(place === 0 ? 'editor.when.shown' : 'editor.when.and')}
            options={[{ value: ALWAYS, label: first }, ...free.map((one) => ({ value: one, label: words(one) }))]}
            value={value}
            onChange={(chosen) => choose(place, chosen)}
          />
        );
      })}
    </BlockStack>
  );
}
