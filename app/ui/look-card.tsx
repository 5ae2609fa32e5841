/** The first e-mail in the shop's look, as a small picture, with where the look comes from. Used by the overview during setup. */
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { asShown } from './as-shown';

export interface LookCardProps {
  /** The e-mail's HTML; null while it is being made, or where it cannot be. */
  html: string | null;
  /** The theme it is taken from; null: the usual look, or not read yet. */
  theme: string | null;
}

export function LookCard({ html, theme }: LookCardProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <div className="look">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t('setup.look.title')}
          </Text>
          <Text as="p">{theme === null ? t('setup.look.usual') : t('setup.look.theme', { theme })}</Text>
          <InlineStack gap="200">
            <Button url="/app/settings/brand">{t('setup.look.change')}</Button>
            <Button variant="tertiary" url="/app/scenarios/welcome">
              {t('setup.look.read')}
            </Button>
          </InlineStack>
        </BlockStack>
        {/* A picture: nothing in it is to be reached, the words beside it say what it is. */}
        <div className="look-picture" aria-hidden="true" {...{ inert: '' }}>
          {html !== null && <iframe title={t('setup.look.title')} sandbox="" srcDoc={asShown(html, { dark: false })} />}
        </div>
      </div>
    </Card>
  );
}
