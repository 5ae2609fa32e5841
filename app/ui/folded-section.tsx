/** A part of a page that says in one line how it stands, and opens when asked: by its title, by a link to it, or because something in it is refused. Used below the steps of a scenario. */
import { Badge, Collapsible, Icon, Text } from '@shopify/polaris';
import { ChevronDownIcon, ChevronUpIcon } from '@shopify/polaris-icons';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SectionName, useSectionWish } from './section-wish';

export interface FoldedSectionProps {
  name: SectionName;
  title: string;
  /** How it stands, in one line; said while it is closed. */
  summary: string;
  /** What should be seen before the line is read. */
  badge?: React.ReactNode;
  /** How many of its fields are marked as refused: with more than none it opens. */
  wrong?: number;
  /** Said when it happens, open or not. */
  news?: React.ReactNode;
  /** May be called more than once. */
  onOpen?(): void;
  children: React.ReactNode;
}

export function FoldedSection({ name, title, summary, badge, wrong = 0, news, onOpen, children }: FoldedSectionProps) {
  const { t } = useTranslation();
  const [titleId, stateId, bodyId] = [useId(), useId(), useId()];
  const section = useRef<HTMLElement>(null);
  const [open, setOpen] = useOpen(name, wrong, section);
  useEffect(() => {
    if (open) onOpen?.();
  }, [open, onOpen]);
  return (
    <section className="folded" id={name} ref={section} aria-labelledby={titleId}>
      <div className="folded-head">
        <div className="folded-words">
          <Text as="h2" variant="headingSm">
            <button
              type="button"
              id={titleId}
              aria-expanded={open}
              aria-controls={bodyId}
              aria-describedby={stateId}
              onClick={() => setOpen(!open)}
            >
              {title}
            </button>
          </Text>
          <div id={stateId} className="folded-state">
            {wrong > 0 && <Badge tone="critical">{t('editor.wrong', { count: wrong })}</Badge>}
            {badge}
            {!open && (
              <Text as="span" tone="subdued">
                {summary}
              </Text>
            )}
          </div>
        </div>
        <span aria-hidden>
          <Icon source={open ? ChevronUpIcon : ChevronDownIcon} tone="subdued" />
        </span>
      </div>
      <div role="status">{news && <div className="folded-news">{news}</div>}</div>
      <Collapsible id={bodyId} open={open} transition={false}>
        <div className="folded-body">{children}</div>
      </Collapsible>
    </section>
  );
}

function useOpen(name: SectionName, wrong: number, section: React.RefObject<HTMLElement>) {
  const wished = useSectionWish(name);
  const [open, setOpen] = useState(false);
  const isWrong = wrong > 0;
  useEffect(() => {
    if (isWrong) setOpen(true);
  }, [isWrong]);
  useEffect(() => {
    if (wished === 0) return;
    setOpen(true);
    section.current?.scrollIntoView({ block: 'nearest' });
    section.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [wished, section]);
  return [open, setOpen] as const;
}
