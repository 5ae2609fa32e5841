/** The merchant in the app's admin: the same requests its pages send, each with a fresh id token, through the sandbox's browser stand-in. */
import type { ScenarioKey } from '../../app/domain/scenario';
import type { ShopSettings } from '../../app/domain/shop';
import type { Duration } from '../../app/lib/duration';
import type { Overlay } from '../../app/scenarios/overlay';
import type { JsonDoor } from './json-door';

export interface AppAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface AppCall {
  path: string;
  method?: 'GET' | 'POST';
  json?: unknown;
}

export interface Admin {
  /** Any request of an admin page; the answer as it came. */
  call(request: AppCall): Promise<AppAnswer>;
  switchScenario(key: ScenarioKey, on: boolean): Promise<void>;
  pause(paused: boolean): Promise<void>;
  /** Saves the settings page: what was changed on it. */
  saveSettings(changes: Partial<ShopSettings>): Promise<void>;
  /** Saves other waits on a scenario's page, by step. */
  saveDelays(key: ScenarioKey, delays: Record<string, Duration>): Promise<void>;
  /** Saves any edit of a scenario, whole. */
  saveScenario(key: ScenarioKey, overlay: Overlay): Promise<void>;
  /** Writes to those who were in the scenario's state before it was switched on, spread over days. */
  enrollStanding(key: ScenarioKey, days: number): Promise<void>;
}

/** @param shop domain */
export function adminOf(sandbox: JsonDoor, shop: string): Admin {
  const call = (request: AppCall) => sandbox.post<AppAnswer>(`/control/api/shops/${shop}/app`, request);
  /** A Remix action, as a fetcher's submit reaches it. */
  const submit = async (path: string, json: unknown): Promise<void> => {
    const answer = await call({ path, method: 'POST', json });
    // Refused fields come back as data, with the status of success.
    if (answer.status >= 300 || /"errors"|"inTheWay"|SingleFetchRedirect/.test(answer.body))
      throw new Error(`The admin answered ${answer.status} to ${path}: ${answer.body.slice(0, 500)}`);
  };
  return {
    call,
    switchScenario: (key, on) => submit('/app/scenarios.data', { intent: 'switch', key, on }),
    pause: (paused) => submit('/app.data?index', { intent: 'pause', paused }),
    saveSettings: (changes) => submit('/app/settings.data', { settings: changes }),
    saveDelays: (key, delays) => submit(`/app/scenarios/${key}.data`, { intent: 'save', overlay: { delays } }),
    saveScenario: (key, overlay) => submit(`/app/scenarios/${key}.data`, { intent: 'save', overlay }),
    enrollStanding: (key, days) => submit(`/app/scenarios/${key}.data`, { intent: 'enroll-standing', days }),
  };
}
