/** What is wrong or odd about a scenario's steps, in sentences. Used by the map and its panel. */
import { useTranslation } from 'react-i18next';
import type { StepProblem } from '../domain/step-rules';
import { HOUR } from '../lib/duration';
import { useDurationWords } from './use-duration-words';

export interface StepWords {
  /** Sentences by step id. */
  byStep: Record<string, string[]>;
  /** About the steps as a whole. */
  overall: string[];
}

export function useStepWords(problems: readonly StepProblem[]): StepWords {
  const { t } = useTranslation();
  const words = useDurationWords();
  const say = ({ code, params = {} }: StepProblem) => {
    const { hours = 0, ...rest } = params;
    return t(`steps.problems.${code}`, { ...rest, duration: words(hours * HOUR) });
  };
  const byStep: Record<string, string[]> = {};
  for (const problem of problems) {
    if (problem.step !== null) byStep[problem.step] = [...(byStep[problem.step] ?? []), say(problem)];
  }
  return { byStep, overall: problems.filter(({ step }) => step === null).map(say) };
}
