/** The overview's scenarios; whom they concern is read once the page is shown. Used by the home route. */
import { useEffect } from 'react';
import { type HomeScenario, HomeScenariosCard, saysAudience } from '../ui/home-scenarios-card';
import type { loader } from './app.audiences';
import { useAsk } from './use-ask';

/** @param props.scenarios read anew, whom they concern is asked anew: an import goes on */
export function HomeScenarios({ scenarios, importing }: { scenarios: HomeScenario[]; importing: boolean }) {
  const { ask, answer, failed } = useAsk<typeof loader>();
  useEffect(() => {
    if (scenarios.some(saysAudience)) ask('/app/audiences');
  }, [ask, scenarios]);
  return <HomeScenariosCard scenarios={scenarios} audiences={answer} failed={failed !== null} importing={importing} />;
}
