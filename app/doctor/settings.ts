/** The settings: those the app cannot start without, by its own reader, and those it would do badly without. */
import { readEnv } from '../env.server';
import { describeError } from '../lib/describe-error';
import { about, type Finding } from './finding';

const { ok, note, mend } = about('Settings');

/** Values are never told, only names. */
export function judgeSettings(source: NodeJS.ProcessEnv): Finding[] {
  return [...readable(source), ...addressOf(source), ...forEachProcess(source), ...forWatching(source)];
}

function readable(source: NodeJS.ProcessEnv): Finding[] {
  try {
    readEnv(source);
    return [ok('complete and well-formed.')];
  } catch (error) {
    const [, ...wrong] = (error instanceof Error ? error.message : describeError(error)).split('\n');
    return wrong.map((line) => mend(`${line.trim()}.`, 'See "Settings" in README.md.'));
  }
}

function addressOf({ SHOPIFY_APP_URL: address = '' }: NodeJS.ProcessEnv): Finding[] {
  if (!URL.canParse(address)) return [];
  const { protocol, hostname, pathname } = new URL(address);
  if (isLocal(hostname)) {
    return [note(`SHOPIFY_APP_URL is on ${hostname}: Shopify and SendGrid reach it only if they run on this machine.`)];
  }
  if (protocol !== 'https:') {
    return [
      mend(
        'SHOPIFY_APP_URL is not https.',
        'Shopify opens the app and posts webhooks over https alone: set its https address.',
      ),
    ];
  }
  if (pathname !== '/') {
    return [
      mend(
        'SHOPIFY_APP_URL has a path.',
        'Set the bare address, e.g. https://relance.example.com: paths are added to it.',
      ),
    ];
  }
  return [ok('SHOPIFY_APP_URL is an https address.')];
}

export const isLocal = (host: string) => /^(localhost|127\..*|\[::1\]|.*\.localhost)$/.test(host);

function forEachProcess(source: NodeJS.ProcessEnv): Finding[] {
  const found: Finding[] = [];
  if (!source.WORKER_DATABASE_URL) {
    found.push(
      mend(
        'WORKER_DATABASE_URL is not set.',
        'Set it to the address of the role relance_worker: only that role sees what is due in all shops.',
      ),
    );
  } else if (source.WORKER_DATABASE_URL === source.DATABASE_URL) {
    found.push(
      mend(
        'WORKER_DATABASE_URL and DATABASE_URL are the same.',
        'Give the web process relance_app and the worker relance_worker: each sees only what it needs.',
      ),
    );
  }
  if (source.NODE_ENV !== 'production') {
    found.push(note('NODE_ENV is not "production".', 'Set it where shops use the app: pages are slower without.'));
  }
  return found;
}

function forWatching({ METRICS_TOKEN: token, METRICS_PORT: port }: NodeJS.ProcessEnv): Finding[] {
  if (token && port) return [];
  const missing = [...(token ? [] : ['METRICS_TOKEN']), ...(port ? [] : ['METRICS_PORT (worker)'])].join(' and ');
  return [
    note(`${missing} not set: figures can be read less than they might.`, 'See "Watching" in docs/operations.md.'),
  ];
}
