/** Writes figures as Prometheus reads them (text format 0.0.4). Called by `pipeline/metrics`. */

export interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

/** One figure, with all the label values it was seen with. */
export interface Family {
  /** Letters, digits and underscores; counters end in `_total`, times in `_seconds`. */
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  samples: readonly Sample[];
}

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Source of the format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function toExposition(families: readonly Family[]): string {
  return families
    .map((family) => `${headOf(family)}${family.samples.map((one) => line(family.name, one)).join('')}`)
    .join('');
}

function headOf({ name, help, type }: Family): string {
  return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`;
}

function line(name: string, { labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${written(value)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function written(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}
