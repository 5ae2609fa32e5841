/** The settings of a theme's files, whatever their shape: what stands for the whole store, and what header and footer hold. Called by read-theme. */

export type Settings = Record<string, unknown>;

/** The texts of the files that were asked for, by name; absent where the theme has none. */
export type ThemeFiles = Readonly<Record<string, string | undefined>>;

export const SETTINGS_FILE = 'config/settings_data.json';
export const SCHEMA_FILE = 'config/settings_schema.json';
export const HEADER_FILE = 'sections/header-group.json';
export const FOOTER_FILE = 'sections/footer-group.json';
export const THEME_FILES = [SETTINGS_FILE, SCHEMA_FILE, HEADER_FILE, FOOTER_FILE];

export function isRecord(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Shopify puts a comment before the JSON of the files its editor writes. */
function parse(text: string | undefined): unknown {
  if (text === undefined) return null;
  try {
    return JSON.parse(text.replace(/^\uFEFF?\s*(\/\*[\s\S]*?\*\/\s*)*/, ''));
  } catch {
    return null;
  }
}

/** What the schema says a setting is while nobody touched it. */
function defaultsOf(schema: unknown): Settings {
  const defaults: Settings = {};
  for (const group of Array.isArray(schema) ? schema : []) {
    for (const one of isRecord(group) && Array.isArray(group.settings) ? group.settings : []) {
      if (isRecord(one) && typeof one.id === 'string' && 'default' in one) defaults[one.id] = one.default;
    }
  }
  return defaults;
}

/** `current` holds the settings, or names the preset that does. */
function currentOf(data: unknown): Settings | null {
  if (!isRecord(data)) return null;
  if (isRecord(data.current)) return data.current;
  const presets = isRecord(data.presets) ? data.presets : {};
  const preset = typeof data.current === 'string' ? presets[data.current] : undefined;
  return isRecord(preset) ? preset : null;
}

/** Deeper than any theme nests blocks. */
const DEEPEST = 8;

/** The settings of sections and of the blocks in them, in reading order, those that are switched off left out. */
function sectionSettings(node: unknown, depth = 0): Settings[] {
  if (!isRecord(node) || node.disabled === true || depth > DEEPEST) return [];
  const own = isRecord(node.settings) ? [node.settings] : [];
  const inner = [node.sections, node.blocks].flatMap((list) => (isRecord(list) ? Object.values(list) : []));
  return [...own, ...inner.flatMap((one) => sectionSettings(one, depth + 1))];
}

export interface ThemeSettings {
  /** For the whole store, the schema's defaults beneath. */
  store: Settings;
  header: Settings[];
  footer: Settings[];
}

/** Null when the settings cannot be read at all. */
export function readSettings(files: ThemeFiles): ThemeSettings | null {
  const current = currentOf(parse(files[SETTINGS_FILE]));
  if (!current) return null;
  const sections = isRecord(current.sections) ? current.sections : {};
  const named = (part: string) =>
    Object.entries(sections)
      .filter(([name, one]) => name.includes(part) || (isRecord(one) && String(one.type).includes(part)))
      .flatMap(([, one]) => sectionSettings(one));
  return {
    store: { ...defaultsOf(parse(files[SCHEMA_FILE])), ...current },
    header: [...named('header'), ...sectionSettings(parse(files[HEADER_FILE]))],
    footer: [...named('footer'), ...sectionSettings(parse(files[FOOTER_FILE]))],
  };
}
