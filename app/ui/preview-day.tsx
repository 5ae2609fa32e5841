/** Chooses the day on which the previewed e-mail would go out, and says what that changes. Used by the preview pane. */
import { Button, InlineStack, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface PreviewDayProps {
  /** `YYYY-MM-DD`; null: today. */
  day: string | null;
  /** The shop's day. */
  today: string;
  onDay(day: string | null): void;
}

const DAY_SHAPE = /^\d{4}-\d\d-\d\d$/;

export function PreviewDay({ day, today, onDay }: PreviewDayProps) {
  const { t } = useTranslation();
  const shown = day ?? today;
  // A day half typed is none yet: the field keeps it, the preview waits.
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const change = (value: string) => {
    setTyped(value);
    if (DAY_SHAPE.test(value)) onDay(value === today ? null : value);
  };
  return (
    <TextField
      label={t('preview.day.label')}
      type="date"
      autoComplete="off"
      value={typed}
      onChange={change}
      helpText={
        <InlineStack gap="100">
          <Text as="span">{t(day === null ? 'preview.day.help' : 'preview.day.changes')}</Text>
          {day !== null && (
            <Button variant="plain" onClick={() => onDay(null)}>
              {t('preview.day.today')}
            </Button>
          )}
        </InlineStack>
      }
    />
  );
}
