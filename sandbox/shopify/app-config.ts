// Reads scopes and webhook subscriptions from shopify.app.toml: just enough TOML for that file. Used by sandbox/main.ts.
import { existsSync, readFileSync } from 'node:fs';
import type { WebhookSubscription } from '../http/context';

export interface AppConfig {
  scopes: string[];
  subscriptions: WebhookSubscription[];
}

type TomlValue = string | boolean | number | TomlValue[] | TomlTable;
interface TomlTable {
  [key: string]: TomlValue;
}

/** Absent file: nothing asked for. Relative uris stay relative to the app. */
export function readAppConfig(path: string | undefined): AppConfig {
  if (path === undefined || !existsSync(path)) return { scopes: [], subscriptions: [] };
  const config = parseToml(readFileSync(path, 'utf8'));
  const scopes = text(table(config.access_scopes).scopes);
  return { scopes: splitScopes(scopes), subscriptions: subscriptionsOf(table(config.webhooks)) };
}

export function splitScopes(scopes: string): string[] {
  return scopes.split(/[\s,]+/).filter(Boolean);
}

function subscriptionsOf(webhooks: TomlTable): WebhookSubscription[] {
  const entries = Array.isArray(webhooks.subscriptions) ? webhooks.subscriptions.map(table) : [];
  return entries.flatMap((entry) => {
    const uri = text(entry.uri);
    const extra = {
      metafieldNamespaces: texts(entry.metafield_namespaces),
      metafields: metafieldNames(entry.metafields),
    };
    const topics = [...texts(entry.topics), ...texts(entry.compliance_topics)];
    return topics.map((topic) => ({ topic, uri, ...extra }));
  });
}

function metafieldNames(value: TomlValue | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((entry) => {
    if (typeof entry === 'string') return entry;
    const { namespace, key } = table(entry);
    return `${text(namespace)}.${text(key)}`;
  });
}

function table(value: TomlValue | undefined): TomlTable {
  return typeof value === 'object' && !Array.isArray(value) ? value : {};
}
function text(value: TomlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
function texts(value: TomlValue | undefined): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

/** Tables, arrays of tables, strings, numbers, booleans, arrays over several lines, inline tables, comments. */
export function parseToml(source: string): TomlTable {
  const root: TomlTable = {};
  let current = root;
  const reader = new Reader(source);
  for (reader.skipBlank(); !reader.atEnd(); reader.skipBlank()) {
    if (reader.takes('[[')) {
      current = {};
      appendTable(root, reader.dottedKey(), current);
      reader.expect(']]');
    } else if (reader.takes('[')) {
      current = descend(root, reader.dottedKey());
      reader.expect(']');
    } else {
      const keys = reader.dottedKey();
      reader.expect('=');
      const last = keys.pop() ?? '';
      descend(current, keys)[last] = reader.value();
    }
  }
  return root;
}

function descend(from: TomlTable, keys: string[]): TomlTable {
  let at = from;
  for (const key of keys) {
    const next = at[key];
    if (Array.isArray(next)) at = table(next.at(-1));
    else {
      const made = table(next);
      at[key] = made;
      at = made;
    }
  }
  return at;
}

function appendTable(root: TomlTable, keys: string[], item: TomlTable): void {
  const last = keys.pop() ?? '';
  const parent = descend(root, keys);
  const list = parent[last];
  if (Array.isArray(list)) list.push(item);
  else parent[last] = [item];
}

class Reader {
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  atEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** White space, line ends and comments. */
  skipBlank(): void {
    const blank = /(?:\s+|#[^\n]*)*/y;
    blank.lastIndex = this.at;
    this.at += blank.exec(this.source)?.[0].length ?? 0;
  }

  takes(mark: string): boolean {
    this.skipBlank();
    if (!this.source.startsWith(mark, this.at)) return false;
    this.at += mark.length;
    return true;
  }

  expect(mark: string): void {
    if (!this.takes(mark)) throw new Error(`TOML: expected ${mark} at line ${this.line()}.`);
  }

  dottedKey(): string[] {
    const keys = [this.key()];
    while (this.takes('.')) keys.push(this.key());
    return keys;
  }

  value(): TomlValue {
    this.skipBlank();
    if (this.takes('[')) return this.list();
    if (this.takes('{')) return this.inlineTable();
    const quoted = this.match(/"""([\s\S]*?)"""|'''([\s\S]*?)'''|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'/y);
    if (quoted)
      return quoted[3] === undefined ? (quoted[1] ?? quoted[2] ?? quoted[4] ?? '') : JSON.parse(`"${quoted[3]}"`);
    const word = this.match(/[^\s,#\]}]+/y)?.[0] ?? '';
    if (word === 'true' || word === 'false') return word === 'true';
    const number = Number(word.replaceAll('_', ''));
    return word !== '' && !Number.isNaN(number) ? number : word;
  }

  private key(): string {
    this.skipBlank();
    const found = this.match(/"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)/y);
    if (!found) throw new Error(`TOML: expected a key at line ${this.line()}.`);
    return found[1] ?? found[2] ?? found[3] ?? '';
  }

  private list(): TomlValue[] {
    const items: TomlValue[] = [];
    while (!this.takes(']')) {
      items.push(this.value());
      this.takes(',');
    }
    return items;
  }

  private inlineTable(): TomlTable {
    const item: TomlTable = {};
    while (!this.takes('}')) {
      const keys = this.dottedKey();
      this.expect('=');
      const last = keys.pop() ?? '';
      descend(item, keys)[last] = this.value();
      this.takes(',');
    }
    return item;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at += found[0].length;
    return found;
  }

  private line(): number {
    return this.source.slice(0, this.at).split('\n').length;
  }
}
