/** The settings of the whole shop, in a few groups. Shown by the settings route. */
import { BlockStack, Box, Button, Card, Layout, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Language } from '../lib/language';
import { BelowTheFold, type BelowTheFoldProps } from './below-the-fold';
import { DomainLine, type SharedLineProps } from './domain-line';
import { PhoneMargin } from './phone-margin';
import { RampLine, type RampToday } from './ramp-line';
import { BirthDateFields } from './settings-birth-dates';
import { ConsentFields, type CountryRule } from './settings-consent';
import { AddressFields, AttributionFields, SenderFields, TimingFields } from './settings-fields';
import type { SettingsForm } from './settings-form';
import { LanguageFields } from './settings-languages';
import { type KnownSegments, LeftOutFields } from './settings-left-out';

export interface SettingsPageProps {
  form: SettingsForm;
  /** In words, by the path the server names a field by. */
  errors: Record<string, string>;
  /** What an empty field stands for. */
  fallbacks: { senderName: string; senderEmail: string | null; replyTo: string | null; language: Language };
  countries: CountryRule[];
  segments: KnownSegments;
  /** How the sender domain stands while it is new. */
  ramp: RampToday | null;
  /** What the shared sender does for the store today; null where it sends from its own. */
  shared: SharedLineProps['shared'];
  domain: SharedLineProps['domain'];
  /** Whether the setup guide was put away. */
  setupHidden: boolean;
  busy: boolean;
  onShowSetup(): void;
  onChange(change: Partial<SettingsForm>): void;
}

export function SettingsPage(props: SettingsPageProps) {
  const { t } = useTranslation();
  const wrong = Object.keys(props.errors).length;
  return (
    <Page title={t('settings.title')}>
      <BlockStack gap="400">
        {wrong > 0 && (
          <PhoneMargin>
            <Text as="p" tone="critical">
              {t('settings.errors.summary', { count: wrong })}
            </Text>
          </PhoneMargin>
        )}
        <Layout>
          <Group id="sender">
            <SenderFields {...props} />
            <RampLine ramp={props.ramp} />
            <DomainLine shared={props.shared} domain={props.domain} />
          </Group>
          <Group id="address">
            <AddressFields {...props} />
          </Group>
          <Group id="timing">
            <TimingFields {...props} />
          </Group>
          <Group id="consent">
            <ConsentFields {...props} />
          </Group>
          <Group id="leftOut">
            <LeftOutFields {...props} />
          </Group>
          <Group id="languages">
            <LanguageFields {...props} />
          </Group>
          <Group id="birthDates">
            <BirthDateFields {...props} />
          </Group>
          <Group id="brand">
            <Box>
              <Button url="/app/settings/brand">{t('settings.brand.action')}</Button>
            </Box>
          </Group>
          <Group id="attribution">
            <AttributionFields {...props} />
          </Group>
          <Group id="setup">
            <Box>
              {props.setupHidden ? (
                <Button loading={props.busy} onClick={props.onShowSetup}>
                  {t('settings.setup.action')}
                </Button>
              ) : (
                <Button url="/app">{t('settings.setup.see')}</Button>
              )}
            </Box>
          </Group>
          <Group id="refusals">
            <Box>
              <Button url="/app/settings/refusals">{t('settings.refusals.action')}</Button>
            </Box>
          </Group>
          <Group id="privacy">
            <Box>
              <Button url="/app/settings/privacy">{t('settings.privacy.action')}</Button>
            </Box>
          </Group>
        </Layout>
      </BlockStack>
    </Page>
  );
}

interface GroupProps {
  id:
    | 'sender'
    | 'address'
    | 'timing'
    | 'consent'
    | 'leftOut'
    | 'languages'
    | 'birthDates'
    | 'brand'
    | 'attribution'
    | 'setup'
    | 'refusals'
    | 'privacy';
  children: React.ReactNode;
}

/** The first screen shows two groups; on a phone, one. */
const FOLD: Partial<Record<GroupProps['id'], BelowTheFoldProps['on']>> = { sender: 'nowhere', address: 'phone' };

function Group({ id, children }: GroupProps) {
  const { t } = useTranslation();
  return (
    <Layout.AnnotatedSection id={id} title={t(`settings.${id}.title`)} description={t(`settings.${id}.text`)}>
      <BelowTheFold on={FOLD[id] ?? 'everywhere'}>
        <Card>
          <BlockStack gap="400">{children}</BlockStack>
        </Card>
      </BelowTheFold>
    </Layout.AnnotatedSection>
  );
}
