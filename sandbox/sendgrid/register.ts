// Adds the local SendGrid to the sandbox: API, events and controls. Called by sandbox/main.ts.
import type { App, RegisteredPart } from '../http/router';
import { mountAccount } from './account-routes';
import { mountControl } from './control';
import type { SendgridHost } from './host';
import { mountMail } from './mail-send';
import { sendgridOf } from './part';

export interface RegisteredSendgrid extends RegisteredPart {
  /** For the app's `SENDGRID_WEBHOOK_PUBLIC_KEY`. */
  publicKey: string;
  close(): Promise<void>;
}

/** Mounts /sendgrid/v3 and /control/api/sendgrid. */
export function registerSendgrid(app: App, host: SendgridHost): RegisteredSendgrid {
  const part = sendgridOf(host);
  mountMail(app, part);
  mountAccount(app, part);
  mountControl(app, part);
  return { publicKey: part.state.key.publicKey, close: () => part.close() };
}
