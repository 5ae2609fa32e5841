/** What the checks found, as a sentence with the way to mend it, and its place in words. Used by the checks' card and beside the switches. */
import { useTranslation } from 'react-i18next';
import type { CheckFinding, CheckPlace } from '../domain/check-finding';
import { useFormat } from './use-format';

/** Those a sentence may name. */
const COLORS = ['text', 'surface', 'tint', 'muted', 'background', 'link', 'notice', 'button', 'buttonText'] as const;

const colorNamed = (name: unknown) => COLORS.find((one) => one === name) ?? 'text';

export function useFindingWords(): (finding: CheckFinding) => { sentence: string; place: string } {
  const { t } = useTranslation();
  const format = useFormat();
  const color = (name: unknown) => t(`checks.colors.${colorNamed(name)}`);
  const sentence = ({ code, facts }: CheckFinding): string => {
    switch (code) {
      case 'contrast':
        return t('checks.found.contrast', {
          text: color(facts.text),
          on: color(facts.on),
          contrast: format.number(Number(facts.contrast)),
        });
      case 'code-ended':
        return facts.day === undefined
          ? t('checks.found.code-ended-shopify', facts)
          : t('checks.found.code-ended', { ...facts, day: format.calendarDay(String(facts.day)) });
      default:
        return t(`checks.found.${code}`, facts);
    }
  };
  const place = (where: CheckPlace): string => {
    if (where.in !== 'email') return t(`checks.places.${where.in}`);
    const email = t('scenario.emailNumber', { number: where.number });
    const block = /^blocks\.(\d+)/.exec(where.path)?.[1];
    const field = block === undefined ? fieldOf(where.path) : null;
    const inEmail = field
      ? t(`checks.fields.${field}`)
      : block === undefined || where.block === null
        ? t('checks.fields.whole')
        : t('checks.fields.block', { number: Number(block) + 1 });
    const language = where.language ? ` (${t(`customers.customer.languages.${where.language}`)})` : '';
    return `${email}, ${inEmail}${language}`;
  };
  return (finding) => ({ sentence: sentence(finding), place: place(finding.place) });
}

function fieldOf(path: string): 'subject' | 'previewText' | null {
  return path.endsWith('previewText') ? 'previewText' : path.endsWith('subject') ? 'subject' : null;
}
