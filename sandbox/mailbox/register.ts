// Adds the mailbox to the sandbox: pages for people, JSON for stories and tests. Called by sandbox/main.ts.
import type { App, RegisteredPart } from '../http/router';
import type { SendgridHost } from '../sendgrid/host';
import { sendgridOf } from '../sendgrid/part';
import { mountApi } from './api';
import { mountPages } from './pages';

/** Mounts /mailbox. */
export function registerMailbox(app: App, host: SendgridHost): RegisteredPart {
  const part = sendgridOf(host);
  mountApi(app, part);
  mountPages(app, part);
  return { close: () => part.close() };
}
