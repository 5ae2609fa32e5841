/** For whom something is: everybody, or those for whom something holds. Used by the settings of blocks and of subjects. */
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

export interface WhenFieldProps {
  /** What stands before the first condition. */
  label: string;
  when: readonly Condition[] | undefined;
  /** It is never for everybody: one condition stays. */
  required?: boolean;
  error?: string | undefined;
  onChange(when: Condition[] | undefined): void;
}

export function WhenField({ label, when = [], required = false, error, onChange }: WhenFieldProps) {
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
        const none = t(place === 0 ? 'editor.when.everybody' : 'editor.when.nothingElse');
        return (
          <Select
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; the focus stays in it when another is chosen
            key={place}
            label={place === 0 ? label : t('editor.when.and')}
            options={[
              ...(required && place === 0 ? [] : [{ value: ALWAYS, label: none }]),
              ...free.map((one) => ({ value: one, label: words(one) })),
            ]}
            value={value}
            {...(place === 0 && error ? { error } : {})}
            onChange={(chosen) => choose(place, chosen)}
          />
        );
      })}
    </BlockStack>
  );
}
