/** How the e-mails look: what the store's theme says, what the owner chooses, and an e-mail in that look beside it. Shown by the brand route. */
import { BlockStack, Box, Button, Card, InlineError, Page, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { FontKey, ThemeBrand } from '../domain/brand';
import { BelowTheFold } from './below-the-fold';
import { BrandFields } from './brand-fields';
import type { BrandForm } from './brand-form';
import { PhoneMargin } from './phone-margin';
import type { UploadPicture } from './picture-field';
import { useFormat } from './use-format';

/** What the last look at the store brought; `not-yet` before the first. */
export type BrandFound =
  | { state: 'found'; at: string; theme: string; darkBackground: boolean }
  | { state: 'not-allowed' | 'no-theme' | 'unreadable' | 'not-yet' };

export interface BrandPageProps {
  form: BrandForm;
  /** In words, by field. */
  errors: Record<string, string>;
  found: BrandFound;
  theme: ThemeBrand;
  /** What an empty field stands for. */
  usual: { button: string; background: string; backgroundFound: boolean; headingFont: FontKey; bodyFont: FontKey };
  /** Shopify's page that grants the access the app asks for. */
  grantUrl: string;
  looking: boolean;
  /** Shopify did not answer the last look. */
  unavailable: boolean;
  preview: React.ReactNode;
  /** Keeps a logo among the shop's files. */
  upload: UploadPicture;
  onChange(change: Partial<BrandForm>): void;
  onLook(): void;
}

export function BrandPage(props: BrandPageProps) {
  const { t } = useTranslation();
  const wrong = Object.keys(props.errors).length;
  return (
    <Page fullWidth title={t('brand.title')} backAction={{ content: t('settings.title'), url: '/app/settings' }}>
      <BlockStack gap="400">
        {wrong > 0 && (
          <PhoneMargin>
            <Text as="p" tone="critical">
              {t('settings.errors.summary', { count: wrong })}
            </Text>
          </PhoneMargin>
        )}
        <div className="workbench">
          <BlockStack gap="400">
            <FromStore {...props} />
            <BrandFields {...props} />
          </BlockStack>
          <div className="workbench-preview">
            <BelowTheFold on="head">
              <Card>
                <BlockStack gap="300">
                  <Text as="h2" variant="headingMd">
                    {t('brand.preview')}
                  </Text>
                  {props.preview}
                </BlockStack>
              </Card>
            </BelowTheFold>
          </div>
        </div>
      </BlockStack>
    </Page>
  );
}

function FromStore(props: BrandPageProps) {
  const { t } = useTranslation();
  const { found, grantUrl, looking, unavailable, onLook } = props;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('brand.found.title')}
        </Text>
        {found.state === 'found' ? (
          <Found {...props} found={found} />
        ) : (
          <Text as="p">{t(`brand.found.${found.state}`)}</Text>
        )}
        {unavailable && <InlineError fieldID="look-again" message={t('brand.found.unavailable')} />}
        <Box>
          {found.state === 'not-allowed' ? (
            <Button url={grantUrl} target="_top">
              {t('brand.found.allow')}
            </Button>
          ) : (
            <Button id="look-again" loading={looking} onClick={onLook}>
              {t(found.state === 'not-yet' ? 'brand.found.look' : 'brand.found.again')}
            </Button>
          )}
        </Box>
      </BlockStack>
    </Card>
  );
}

function Found({ found, theme }: Pick<BrandPageProps, 'theme'> & { found: Extract<BrandFound, { state: 'found' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = [
    ['logo', theme.logo !== null],
    ['colors', theme.buttonColor !== null || (theme.background !== null && !found.darkBackground)],
    ['fonts', theme.headingFont !== null || theme.bodyFont !== null],
    ['links', theme.socialLinks.length > 0],
  ] as const;
  const named = (has: boolean) =>
    format.list(parts.flatMap(([part, is]) => (is === has ? [t(`brand.found.parts.${part}`)] : [])));
  const [taken, missing] = [named(true), named(false)];
  const { theme: name, at } = found;
  const sentences = [
    t('brand.found.read', { theme: name, date: format.dayAndTime(at) }),
    taken && t('brand.found.taken', { list: taken }),
    missing && t('brand.found.missing', { list: missing }),
    theme.logoProblem && t(`brand.found.logo-${theme.logoProblem}`),
    found.darkBackground && t('brand.found.dark'),
  ].filter((sentence) => typeof sentence === 'string' && sentence !== '');
  return sentences.map((sentence) => (
    <Text as="p" key={String(sentence)}>
      {sentence}
    </Text>
  ));
}
