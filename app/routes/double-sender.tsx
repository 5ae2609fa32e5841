/** The notice that Shopify may send a scenario's e-mails too, until the owner has read it. Used by the scenario route. */
import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import type { DoubleSender as Key } from '../domain/double-sender';
import { DoubleSenderCard } from '../ui/double-sender-card';
import type { loader } from './app.scenarios.$key.double-sender';
import { useFailureToast } from './tolerant-action';
import { useAsk } from './use-ask';

export function DoubleSender({ scenario, automationsUrl }: { scenario: Key; automationsUrl: string }) {
  const { ask, answer } = useAsk<typeof loader>();
  const reading = useFetcher();
  useFailureToast(reading.data);
  useEffect(() => {
    // Of the others Shopify tells nothing.
    if (scenario === 'abandoned-checkout') ask(`/app/scenarios/${scenario}/double-sender`);
  }, [ask, scenario]);
  return (
    <DoubleSenderCard
      scenario={scenario}
      sends={answer ?? { state: 'unknown' }}
      automationsUrl={automationsUrl}
      busy={reading.state !== 'idle'}
      onRead={() =>
        reading.submit(
          { intent: 'double-sender-read' },
          { method: 'post', encType: 'application/json', action: `/app/scenarios/${scenario}` },
        )
      }
    />
  );
}
