/** Who gets nothing: customers with a tag, or in one of the store's segments. Used by the settings page. */
import { BlockStack, ChoiceList, SkeletonBodyText, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { LeftOutSegment } from '../domain/shop';
import { Field } from './settings-fields';
import type { SettingsPageProps } from './settings-page';

/** The store's segments: null while Shopify is being asked, `failed` when it did not answer. */
export type KnownSegments = LeftOutSegment[] | 'failed' | null;

export function LeftOutFields(props: SettingsPageProps) {
  const { t } = useTranslation();
  return (
    <>
      <Field
        {...props}
        name="leftOutTags"
        label={t('settings.leftOut.tags')}
        helpText={t('settings.leftOut.tagsHelp')}
      />
      <Segments {...props} />
    </>
  );
}

function Segments({ form, errors, segments, onChange }: SettingsPageProps) {
  const { t } = useTranslation();
  const known = Array.isArray(segments) ? segments : [];
  const gone = form.leftOutSegments.filter((chosen) => !known.some(({ id }) => id === chosen.id));
  const all = [...gone, ...known];
  const label = (one: LeftOutSegment) =>
    Array.isArray(segments) && gone.includes(one) ? t('settings.leftOut.goneSegment', { name: one.name }) : one.name;
  return (
    <BlockStack gap="200">
      {all.length > 0 ? (
        <div className="long-choices">
          <ChoiceList
            allowMultiple
            title={t('settings.leftOut.segments')}
            choices={all.map((one) => ({ value: one.id, label: label(one) }))}
            selected={form.leftOutSegments.map(({ id }) => id)}
            {...(errors.leftOutSegments ? { error: errors.leftOutSegments } : {})}
            onChange={(ids) => onChange({ leftOutSegments: all.filter(({ id }) => ids.includes(id)) })}
          />
        </div>
      ) : (
        <Text as="p">{t('settings.leftOut.segments')}</Text>
      )}
      {segments === null && <SkeletonBodyText lines={2} />}
      {segments === 'failed' && <Text as="p">{t('settings.leftOut.segmentsFailed')}</Text>}
      {Array.isArray(segments) && all.length === 0 && <Text as="p">{t('settings.leftOut.noSegments')}</Text>}
      <Text as="p" tone="subdued">
        {t('settings.leftOut.segmentsHelp')}
      </Text>
    </BlockStack>
  );
}
