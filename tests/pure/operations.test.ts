/** Keeps docs/operations.md in step with what the app logs and counts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const docs = readFileSync('docs/operations.md', 'utf8');
const sources = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join('app', file), 'utf8'))
  .join('\n');

const NAME = /'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g;

const namesIn = (text: string) => [...text.matchAll(NAME)].map((found) => found[1] ?? '');
/** The stages' own vocabulary is written the same way. */
const domainEvents = new Set(namesIn(readFileSync('app/domain/event.ts', 'utf8')));

/** Every `noun.past` given to the logger: on the lines that set `event`, and by the one that logs failures of pages. */
function loggedEvents(): string[] {
  const lines = sources.split('\n').filter((line) => /\bevent: |\bconst event = |logFailure\('/.test(line));
  return [...new Set(lines.flatMap(namesIn))].filter((name) => !domainEvents.has(name)).toSorted();
}

const figures = () => [...new Set([...sources.matchAll(/'((?:relance|process)_[a-z_]+)'/g)].map((found) => found[1]))];

/** The names in the first column of a section's tables. */
const firstColumn = (head: string) => {
  const section = docs.split(/^(?=##)/m).find((part) => part.startsWith(head)) ?? '';
  return [...section.matchAll(/^\| (`[^|]*) \|/gm)].flatMap((row) =>
    [...(row[1] ?? '').matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? ''),
  );
};

describe('docs/operations.md', () => {
  it('lists every event the log tells, and no other', () => {
    const listed = [...firstColumn('### One line per stage'), ...firstColumn('### Other lines')];
    expect(listed.toSorted()).toEqual(loggedEvents());
  });

  it('lists every figure, and no other', () => {
    const listed = [...firstColumn('### What waits'), ...firstColumn('### What happened')];
    expect(listed.toSorted()).toEqual(figures().toSorted());
  });

  it('has a runbook behind every alert', () => {
    const alerts = docs.split(/^(?=##)/m).find((part) => part.startsWith('## Alerts')) ?? '';
    const targets = [...alerts.matchAll(/\]\(#([a-z-]+)\)/g)].map((found) => found[1] ?? '');
    expect(targets.length).toBeGreaterThan(10);
    const heads = [...docs.matchAll(/^### (.*)$/gm)].map((found) =>
      (found[1] ?? '').toLowerCase().replaceAll(' ', '-'),
    );
    expect(targets.filter((target) => !heads.includes(target))).toEqual([]);
  });
});
