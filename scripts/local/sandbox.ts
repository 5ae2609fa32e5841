/** The sandbox in a local run, as a process of its own: a Shopify and a SendGrid on this machine. */
import { startSandbox } from '../../sandbox/main';
import { announceReady } from './announce-ready';
import { need } from './need';

const sandbox = await startSandbox(JSON.parse(need('SANDBOX_OPTIONS')));
announceReady(() => sandbox.close());
