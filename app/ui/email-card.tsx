/** One e-mail of a scenario in its map: subject, when, figures, and its editor when opened. Used by the scenario page. */
import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmailFigures, EmailWhen } from './email-figures';
import type { EditorEmail } from './email-texts';
import { productsShown } from './email-texts';
import type { PlannedTime } from './planned-times';

export interface EmailCardProps {
  /** From 1, in reading order. */
  number: number;
  email: EditorEmail;
  /** As most people read it. */
  subject: string;
  /** Null when a delay before it is not a number now. */
  planned: PlannedTime | null;
  /** What it shows of the discount, in words; null where it has no place for one. */
  code: string | null;
  figures: { sent: number; clicked: number; withheld: number };
  shown: boolean;
  editing: boolean;
  /** What is wrong with the list of blocks as a whole. */
  problem: string | undefined;
  /** Shown while `editing`. */
  editor: React.ReactNode;
  onShow(): void;
  onEdit(open: boolean): void;
}

/** Where a phone, which has no room for it beside the steps, finds the preview. */
export const PREVIEW_ID = 'preview';

export function EmailCard(props: EmailCardProps) {
  const { t } = useTranslation();
  const { number, email, subject, code, shown, editing, onShow, onEdit } = props;
  const products = productsShown(email);
  const showPreview = () => {
    onShow();
    document.getElementById(PREVIEW_ID)?.scrollIntoView();
  };
  return (
    <div className="email-card" data-shown={shown}>
      <button type="button" className="email-head" aria-pressed={shown} onClick={onShow}>
        <BlockStack gap="100">
          <InlineStack gap="200" align="space-between">
            <Text as="span" variant="headingSm">
              {t('scenario.emailNumber', { number })}
            </Text>
            <EmailWhen planned={props.planned} />
          </InlineStack>
          <Text as="span">{subject}</Text>
          <EmailFigures {...props.figures} />
        </BlockStack>
      </button>
      <div className="email-body">
        <BlockStack gap="300" inlineAlign="stretch">
          {code && <Text as="p">{code}</Text>}
          {products && (
            <Text as="p" tone="subdued" variant="bodySm">
              {t(`scenario.products.${products}`)}
            </Text>
          )}
          {props.problem && (
            <Text as="p" tone="critical">
              {props.problem}
            </Text>
          )}
          <InlineStack gap="200">
            <Button onClick={() => onEdit(!editing)} ariaExpanded={editing}>
              {t(editing ? 'scenario.closeEditor' : 'scenario.edit')}
            </Button>
            <span className="phone-only">
              <Button onClick={showPreview}>{t('scenario.seePreview')}</Button>
            </span>
          </InlineStack>
          {editing && props.editor}
        </BlockStack>
      </div>
    </div>
  );
}
