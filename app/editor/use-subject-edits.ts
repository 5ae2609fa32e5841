/** What the owner does to an e-mail's subjects, which one is open, and how a removed one comes back. Used by the e-mail's subjects. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmailContent } from '../emails/content';
import type { Words } from '../lib/language';
import { addSubject, moveSubject, removeSubject, subjectsOf } from './subject-list';
import { type FocusWish, useKeptFocus } from './use-kept-focus';

/** The row for all others. */
export const USUAL = -1;

interface SubjectsWish {
  email: EmailContent;
  /** As most people read it: open at first. */
  usual: Words;
  onChange(email: EmailContent): void;
}

interface Removed {
  before: EmailContent;
  after: EmailContent;
  index: number;
}

export function useSubjectEdits({ email, usual, onChange }: SubjectsWish) {
  const { t } = useTranslation();
  const variants = subjectsOf(email);
  const [open, setOpen] = useState<number | null>(() => variants.findIndex(({ subject }) => subject === usual));
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const focus = useKeptFocus(list);
  const show = (index: number, part: FocusWish['part']) => {
    setOpen(index);
    focus({ block: String(index), part });
  };
  const takeBack = ({ before, index }: Removed) => {
    onChange(before);
    show(index, 'head');
  };
  return {
    ...{ list, open, said },
    toggle: (index: number) => setOpen(open === index ? null : index),
    add: () => {
      onChange(addSubject(email));
      show(variants.length, 'head');
      setSaid(t('editor.subject.said.added'));
    },
    move: (index: number, by: -1 | 1) => {
      onChange(moveSubject(email, index, by));
      show(index + by, by < 0 ? 'up' : 'down');
      setSaid(t('editor.subject.said.moved', { place: index + by + 1, all: variants.length }));
    },
    remove: (index: number) => {
      const after = removeSubject(email, index);
      onChange(after);
      setRemoved({ before: email, after, index });
      setOpen(USUAL);
    },
    /** Null once anything else was edited: then the page's own undo is the way. */
    takeBack: removed?.after === email ? () => takeBack(removed) : null,
  };
}
