/** A store filled from a file of real purchases: whom win-back and VIP concern, counted by the app and again from the file's lines. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../scripts/local/paths';
import { silently } from '../../scripts/local/progress';
import type { AudienceCount } from '../../scripts/story/orders-audiences';
import { tellOrdersStory } from '../../scripts/story/orders-main';
import { enterWorld } from './enter-world';

const FILE = join(projectRoot, '../shared/data/cdnow_sample.txt');

interface Line {
  who: string;
  day: number;
  cents: number;
}

function readLines(text: string): Line[] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => {
      const [, who = '', date = '', , amount = ''] = line.trim().split(/ +/);
      const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
      return { who, day: Date.parse(iso) / 86_400_000, cents: Math.round(Number(amount) * 100) };
    });
}

const daysOf = (lines: readonly Line[], who: string) => lines.flatMap((line) => (line.who === who ? [line.day] : []));
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** The mean of the gaps between neighbouring days. */
function meanGap(days: readonly number[]): number {
  const sorted = days.toSorted((a, b) => a - b);
  return sum(sorted.slice(1).map((day, i) => day - (sorted[i] ?? day))) / (days.length - 1);
}

function middle(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

/** Whole days, a month at least and a year at most. */
const twice = (gap: number) => Math.min(365, Math.max(30, Math.round(2 * gap)));

/** No order for twice their own usual gap (three orders tell it), else the shop's (fifty who came back), else 60 days. */
function countLapsed(lines: readonly Line[], today: number): number {
  const people = [...new Set(lines.map(({ who }) => who))].map((who) => daysOf(lines, who));
  const gaps = people.filter((days) => days.length >= 2).map(meanGap);
  const usual = gaps.length >= 50 ? twice(middle(gaps)) : 60;
  return people.filter((days) => today - Math.max(...days) >= (days.length >= 3 ? twice(meanGap(days)) : usual)).length;
}

/** The first twentieth of all who bought in the last 365 days, by what they spent; those with one order do not count. */
function countBest(lines: readonly Line[], today: number): number {
  const lately = lines.filter(({ day }) => today - day < 365);
  const buyers = [...new Set(lately.map(({ who }) => who))].map((who) => {
    const own = lately.filter((line) => line.who === who);
    return { who, orders: own.length, spent: sum(own.map(({ cents }) => cents)) };
  });
  buyers.sort((a, b) => b.spent - a.spent || Number(a.who) - Number(b.who));
  return buyers.slice(0, Math.ceil(buyers.length / 20)).filter(({ orders }) => orders >= 2).length;
}

describe.skipIf(!existsSync(FILE))('a store filled from a file of purchases', async () => {
  const world = await enterWorld();
  let told: Awaited<ReturnType<typeof tellOrdersStory>>;
  let lines: Line[];
  let today: number;
  beforeAll(async () => {
    const text = readFileSync(FILE, 'utf8');
    lines = readLines(text);
    today = Math.max(...lines.map(({ day }) => day));
    told = await tellOrdersStory(world, { text }, silently);
  }, 240_000);

  const counted = (scenario: AudienceCount['scenario']) =>
    told.audiences.find((one) => one.scenario === scenario)?.customers;

  it('is imported whole, to the cent, and nobody is e-mailed for being in a state before', () => {
    expect(told.checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('has as many people to win back as its lines tell', () => {
    const lapsed = countLapsed(lines, today);
    expect(lapsed).toBeGreaterThan(1000);
    expect(counted('win-back')).toBe(lapsed);
  });

  it('has as many best customers as its lines tell', () => {
    const best = countBest(lines, today);
    expect(best).toBeGreaterThan(30);
    expect(counted('vip')).toBe(best);
  });
});
