/** Chooses as whom an e-mail is previewed: any customer by name or address, or sample data. Used by the scenario page. */
import { Autocomplete, Icon } from '@shopify/polaris';
import { SearchIcon } from '@shopify/polaris-icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface PickedCustomer {
  id: string;
  name: string;
}

export interface CustomerPickerProps {
  /** Null: sample data. */
  picked: PickedCustomer | null;
  found: PickedCustomer[];
  loading: boolean;
  onSearch(query: string): void;
  onPick(customer: PickedCustomer | null): void;
}

const SAMPLE = '';

export function CustomerPicker({ picked, found, loading, onSearch, onPick }: CustomerPickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const options = [
    // Whoever types a name wants a person: the first match should be the first choice.
    ...(typed ? [] : [{ value: SAMPLE, label: t('preview.sample') }]),
    ...found.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const field = (
    <Autocomplete.TextField
      label={t('preview.asWhom')}
      autoComplete="off"
      prefix={<Icon source={SearchIcon} />}
      placeholder={t('preview.searchPlaceholder')}
      value={typed ?? picked?.name ?? t('preview.sample')}
      onChange={(text) => {
        setTyped(text);
        onSearch(text);
      }}
      onFocus={() => {
        setTyped('');
        onSearch('');
      }}
      onBlur={() => setTyped(null)}
    />
  );
  return (
    <div ref={useNoGoneOption()}>
      <Autocomplete
        options={options}
        selected={[picked?.id ?? SAMPLE]}
        textField={field}
        loading={loading && found.length === 0}
        emptyState={t('preview.noMatch')}
        onSelect={([id]) => {
          setTyped(null);
          onPick(found.find((one) => one.id === id) ?? null);
        }}
      />
    </div>
  );
}

/** Polaris goes on naming the marked option to a screen reader once the list it stood in is closed or another. */
function useNoGoneOption() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const forget = () => {
      const field = box.current?.querySelector('input[aria-activedescendant]');
      const named = field?.getAttribute('aria-activedescendant') ?? '';
      if (field && !document.getElementById(named)) field.removeAttribute('aria-activedescendant');
    };
    // The list stands at the end of the document.
    const watch = new MutationObserver(forget);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, []);
  return box;
}
