/** What a story or a browser test calls first: where the running app and its sandbox are. */
import { inject } from 'vitest';
import type { StackAddresses } from '../../scripts/local/stack';
import './shared';

export type { StackAddresses } from '../../scripts/local/stack';

/** The addresses of the one running stack: `appUrl`, `sandboxUrl`, `databases`, `clockFile`, `settings`. */
export function runningStack(): StackAddresses {
  return inject('testStack');
}
