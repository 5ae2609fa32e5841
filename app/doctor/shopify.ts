/** The app as Shopify knows it: `shopify.app.toml` against the settings, and whether the app answers at its address. */
import { API_VERSION } from '../gateways/shopify/admin-client';
import { about, type Finding } from './finding';
import { isLocal } from './settings';

const app = about('Shopify app');

/** What of the file speaks of the settings; empty where it says nothing. */
export interface AppToml {
  clientId: string;
  applicationUrl: string;
  scopes: string;
  apiVersion: string;
}

/** These four stand on a line of their own with a quoted value, in the file the Shopify CLI writes. */
export function readAppToml(text: string): AppToml {
  const value = (name: string) => new RegExp(`^${name}\\s*=\\s*"([^"]*)"`, 'm').exec(text)?.[1] ?? '';
  return {
    clientId: value('client_id'),
    applicationUrl: value('application_url'),
    scopes: value('scopes'),
    apiVersion: value('api_version'),
  };
}

export interface ShopifySettings {
  apiKey: string;
  appUrl: string;
  scopes: string;
}

/** Pure. @param toml null where the file is not at hand, as in the image */
export function judgeShopify(toml: AppToml | null, settings: ShopifySettings): Finding[] {
  if (!toml)
    return [
      app.note('shopify.app.toml is not here, so it was not compared.', 'Run npm run doctor where the source is.'),
    ];
  const found = [...judgeScopes(toml.scopes, settings.scopes), ...judgeVersion(toml.apiVersion)];
  if (toml.clientId === '') {
    return [
      ...found,
      app.note(
        'shopify.app.toml names no app yet.',
        'npx @shopify/cli app config link, then npx @shopify/cli app deploy.',
      ),
    ];
  }
  if (toml.clientId !== settings.apiKey) {
    found.push(
      app.mend(
        'SHOPIFY_API_KEY is not the client_id in shopify.app.toml.',
        'Take both from the same app in the Partner dashboard.',
      ),
    );
  }
  if (originOf(toml.applicationUrl) !== originOf(settings.appUrl) && !isLocal(hostOf(settings.appUrl))) {
    found.push(
      app.mend(
        'application_url in shopify.app.toml and SHOPIFY_APP_URL are different places.',
        'Make them the same, then npx @shopify/cli app deploy.',
      ),
    );
  }
  return found.some(({ verdict }) => verdict === 'mend')
    ? found
    : [...found, app.ok('shopify.app.toml and the settings agree.')];
}

const listOf = (scopes: string) => new Set(scopes.split(/[\s,]+/).filter(Boolean));

function judgeScopes(inToml: string, inSettings: string): Finding[] {
  const [asked, set] = [listOf(inToml), listOf(inSettings)];
  const differing = [...asked, ...set].filter((scope) => asked.has(scope) !== set.has(scope)).toSorted();
  if (differing.length === 0) return [];
  return [
    app.mend(
      `SCOPES and the scopes in shopify.app.toml differ by ${differing.join(', ')}.`,
      'Make them the same: with other scopes Shopify asks every shop again at each visit.',
    ),
  ];
}

function judgeVersion(version: string): Finding[] {
  if (version === API_VERSION) return [];
  return [
    app.mend(
      `webhooks are asked for in version ${version || '(none)'}, read in ${API_VERSION}.`,
      `Set api_version = "${API_VERSION}" in shopify.app.toml, then npx @shopify/cli app deploy.`,
    ),
  ];
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');
const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);

const PATIENCE_MS = 5000;

/** Asks the app at its own address, by the way Shopify and SendGrid come. */
export async function askAddress(appUrl: string): Promise<Finding[]> {
  const address = about('Address');
  const url = `${appUrl.replace(/\/+$/, '')}/readyz`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' });
    const body: unknown = await response.json();
    if (response.ok) return [address.ok(`the app answers at ${appUrl} and is ready.`)];
    const why: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'why') : null;
    return [
      address.mend(
        `the app answers at ${appUrl} but is not ready: ${String(why)}`,
        'See "Not ready" in docs/operations.md.',
      ),
    ];
  } catch {
    return [
      address.note(
        `the app does not answer at ${appUrl}.`,
        'Is the web process started, and does the address lead to it from here?',
      ),
    ];
  }
}
