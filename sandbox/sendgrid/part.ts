// Joins state and delivery of one sandbox, with the tick that moves both; the API routes and the mailbox share it.
import { Delivery } from './delivery';
import type { SendgridHost } from './host';
import { SendgridState } from './state';

export interface SendgridPart {
  readonly state: SendgridState;
  readonly delivery: Delivery;
  /** Delivers what is due and posts what may be posted; resolves when the app has answered. `again` repeats failed posts now. */
  settle(again?: boolean): Promise<void>;
  close(): Promise<void>;
}

const parts = new WeakMap<SendgridHost, SendgridPart>();

/** The one part of a sandbox, made at the first call. */
export function sendgridOf(host: SendgridHost): SendgridPart {
  const known = parts.get(host);
  if (known !== undefined) return known;
  const part = createPart(host);
  parts.set(host, part);
  return part;
}

function createPart(host: SendgridHost): SendgridPart {
  const state = new SendgridState(host);
  const delivery = new Delivery(state);
  delivery.resume();
  const settle = async (again = false): Promise<void> => {
    delivery.releaseDue();
    state.saveEvents();
    await state.poster.pump(again);
  };
  const timer = setInterval(() => void settle(), state.settings.eventIntervalMs);
  timer.unref();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    clearInterval(timer);
    closing ??= state.close();
    return closing;
  };
  return { state, delivery, settle, close };
}
