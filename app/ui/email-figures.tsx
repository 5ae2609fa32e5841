/** When one e-mail of a scenario goes out and what became of it, in words. Used by its card and by the map. */
import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { PlannedTime } from './planned-times';
import { useDurationWords } from './use-duration-words';

/** When an e-mail goes out. @param props.planned null when a delay before it is not a number now */
export function EmailWhen({ planned }: { planned: PlannedTime | null }) {
  const { t } = useTranslation();
  const words = useDurationWords();
  if (planned === null) return null;
  const say = () => {
    if ('beforeCodeEnd' in planned) return t('scenario.beforeEnd', { duration: words(planned.beforeCodeEnd) });
    if (planned.after === 0) return t('scenario.sentAtOnce');
    return t('scenario.sentAfter', { duration: words(planned.after) });
  };
  return (
    <Text as="span" tone="subdued">
      {say()}
    </Text>
  );
}

/** What became of it in thirty days. */
export function EmailFigures({ sent, clicked, withheld }: { sent: number; clicked: number; withheld: number }) {
  const { t } = useTranslation();
  const none = sent + clicked + withheld === 0;
  const figures = none
    ? t('scenario.figures.nothing')
    : t('scenario.figures.all', {
        sent: t('scenario.figures.sent', { count: sent }),
        clicked: t('scenario.figures.clicked', { count: clicked }),
        withheld: t('scenario.figures.withheld', { count: withheld }),
      });
  return (
    <Text as="span" tone="subdued" variant="bodySm">
      {figures}
    </Text>
  );
}
