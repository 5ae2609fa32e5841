/** Whom each scenario concerns, asked once a page is shown. Used by the overview and the list of scenarios. */
import { useEffect } from 'react';
import type { loader } from './app.audiences';
import { useAsk } from './use-ask';

/**
 * @param scenarios as the page read them: read anew, this is asked anew, since an import goes on
 * @param wanted whether the page lacks it for any of them
 * @returns null until it is known
 */
export function useAudiences(scenarios: readonly unknown[], wanted: boolean) {
  const { ask, answer, failed } = useAsk<typeof loader>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the scenarios it matters that they are others
  useEffect(() => {
    if (wanted) ask('/app/audiences');
  }, [ask, scenarios, wanted]);
  return { audiences: answer, failed: failed !== null };
}
