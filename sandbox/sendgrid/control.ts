// The JSON switches for people, stories and tests: faults, senders, counts and "is anything still on its way". Mounted under /control/api/sendgrid.
import type { Response } from 'express';
import { type App, jsonBody, route } from '../http/router';
import { mountDns } from './dns-control';
import type { SendgridPart } from './part';

const BASE = '/control/api/sendgrid';

/** Adds the control routes. */
export function mountControl(app: App, part: SendgridPart): void {
  const { state } = part;
  const showFaults = (res: Response): void => {
    res.json(state.faults.show());
  };
  app.get(`${BASE}/faults`, (_req, res) => showFaults(res));
  app.post(
    `${BASE}/faults`,
    jsonBody,
    route((req, res) => {
      state.faults.change(req.body);
      showFaults(res);
    }),
  );
  app.delete(`${BASE}/faults`, (_req, res) => {
    state.faults.clear();
    showFaults(res);
  });
  app.get(`${BASE}/senders`, (_req, res) => res.json(senders(part)));
  app.post(
    `${BASE}/senders`,
    jsonBody,
    route((req, res) => {
      changeSenders(part, req.body as Record<string, unknown>);
      res.json(senders(part));
    }),
  );
  mountDns(app, part);
  app.get(`${BASE}/stats`, (_req, res) => res.json(stats(part)));
  app.get(`${BASE}/idle`, (_req, res) => res.json(idleness(part)));
  app.post(
    `${BASE}/flush`,
    route(async (_req, res) => {
      await part.settle(true);
      res.json(idleness(part));
    }),
  );
  app.get(`${BASE}/webhook-key`, (_req, res) =>
    res.json({ publicKey: state.key.publicKey, eventsUrl: state.settings.eventsUrl }),
  );
}

function senders({ state }: SendgridPart): object {
  const { verifiedSenders, authenticatedDomains, lacksScopes } = state.settings;
  return { verified: verifiedSenders, domains: authenticatedDomains, lacksScopes };
}

function changeSenders({ state }: SendgridPart, body: Record<string, unknown>): void {
  const lower = (value: unknown): string[] =>
    Array.isArray(value) ? value.map((entry) => String(entry).toLowerCase()) : [];
  if (body.verified !== undefined)
    state.settings.verifiedSenders = body.verified === null ? null : lower(body.verified);
  if (body.domains !== undefined) state.settings.authenticatedDomains = lower(body.domains);
  if (body.lacksScopes !== undefined) state.settings.lacksScopes = lower(body.lacksScopes);
}

/** Counts since the start, and how many messages each recipient has been sent in all. */
function stats({ state }: SendgridPart): object {
  const recipients: Record<string, number> = {};
  const events: Record<string, number> = {};
  for (const message of state.messages) {
    if (!message.erased) recipients[message.to] = (recipients[message.to] ?? 0) + 1;
    for (const event of message.events) events[event.type] = (events[event.type] ?? 0) + 1;
  }
  return { ...state.counts, messages: state.messages.length, recipients, events, webhook: state.poster.counts };
}

/** Idle means: every event that may be posted was answered 2xx. Mail waiting for its time on the business clock does not count. */
function idleness({ state, delivery }: SendgridPart): object {
  const pending = state.poster.pending();
  return {
    idle: pending.queued + pending.inFlight + pending.retrying === 0,
    ...pending,
    scheduled: delivery.waitingCount(),
  };
}
