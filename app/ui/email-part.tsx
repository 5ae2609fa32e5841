/** The e-mail of the selected step: its subject and what it shows, or its editor while it is written. Stands in the step's panel. */
import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { ArrowLeftIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import type { EditorEmail } from './email-texts';
import { productsShown } from './email-texts';

export interface EmailPartProps {
  email: EditorEmail;
  /** As most people read it. */
  subject: string;
  /** What it shows of the discount, in words; null where it has no place for one. */
  code: string | null;
  /** Leads to where a discount is chosen; null where it needs none. */
  onOffer: (() => void) | null;
  editing: boolean;
  /** What is wrong with the list of blocks as a whole. */
  problem: string | undefined;
  /** Shown while `editing`. */
  editor: React.ReactNode;
  /** Brings it into the preview. */
  onShow(): void;
  onEdit(open: boolean): void;
  /** The editor is likely to be asked for. */
  onReach(): void;
}

/** Where a phone, which has no room for it beside the steps, finds the preview. */
export const PREVIEW_ID = 'preview';

export function EmailPart(props: EmailPartProps) {
  const { t } = useTranslation();
  const { editing, onEdit, onReach } = props;
  const showPreview = () => {
    props.onShow();
    document.getElementById(PREVIEW_ID)?.scrollIntoView();
  };
  return (
    <div className="email-part">
      <BlockStack gap="300" inlineAlign="stretch">
        {!editing && <Summary {...props} />}
        {props.problem && (
          <Text as="p" tone="critical">
            {props.problem}
          </Text>
        )}
        <InlineStack gap="200">
          <Button
            ariaExpanded={editing}
            {...(editing ? { icon: ArrowLeftIcon } : {})}
            onClick={() => onEdit(!editing)}
            onMouseEnter={onReach}
            onTouchStart={onReach}
            onFocus={onReach}
          >
            {t(editing ? 'scenario.closeEditor' : 'scenario.edit')}
          </Button>
          <span className="phone-only">
            <Button onClick={showPreview}>{t('scenario.seePreview')}</Button>
          </span>
        </InlineStack>
        {editing && props.editor}
      </BlockStack>
    </div>
  );
}

function Summary({ email, subject, code, onOffer }: EmailPartProps) {
  const { t } = useTranslation();
  const products = productsShown(email);
  return (
    <>
      <Text as="p" fontWeight="medium">
        {subject}
      </Text>
      {code && <Text as="p">{code}</Text>}
      {onOffer && (
        <InlineStack>
          <Button variant="plain" onClick={onOffer}>
            {t('scenario.chooseOffer')}
          </Button>
        </InlineStack>
      )}
      {products && (
        <Text as="p" tone="subdued" variant="bodySm">
          {t(`scenario.products.${products}`)}
        </Text>
      )}
    </>
  );
}
