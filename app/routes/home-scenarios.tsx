/** The overview's scenarios; whom they concern is read once the page is shown. Used by the home route. */
import { type HomeScenario, HomeScenariosCard, saysAudience } from '../ui/home-scenarios-card';
import { useAudiences } from './use-audiences';

export function HomeScenarios({ scenarios, importing }: { scenarios: HomeScenario[]; importing: boolean }) {
  const asked = useAudiences(scenarios, scenarios.some(saysAudience));
  return <HomeScenariosCard scenarios={scenarios} importing={importing} {...asked} />;
}
