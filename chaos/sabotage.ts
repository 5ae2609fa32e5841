/**
 * A copy of the built worker for a run, with one guard cut out of it when asked: the proof that the program sees what it
 * looks for. The app itself has no such switch. Each cut names the code it expects, and fails when that has changed.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../scripts/local/paths';

export const SABOTAGES = ['no-claim', 'no-last-look'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

interface Cut {
  what: RegExp;
  instead: string;
}

const CUTS: Record<Sabotage, readonly Cut[]> = {
  // Whoever has a job sends, whatever another did with the message.
  'no-claim': [
    {
      what: /(::text\[\]::uuid\[\]\)) and status = 'planned'(\s+order by priority, planned_at, id)\s+for update skip locked/,
      instead: '$1$2',
    },
    {
      what: /(set status = 'claimed'[^`]*?where m\.shop_id = \$\{shop\.shopId\} and m\.id = v\.id) and m\.status = 'planned'/,
      instead: '$1',
    },
    {
      what: /(set status = 'handed-over'[^`]*?and m\.id = v\.id) and m\.status = 'claimed' and m\.claim_id = \$\{claimId\}/,
      instead: '$1',
    },
  ],
  'no-last-look': [
    {
      what: /function lastLook\(\w+, now\) \{/,
      instead: '$& return { kind: "send", ground: "subscribed" };',
    },
    // The hand-over looks once more; it is the last part of the same guard.
    {
      what: /(and m\.status = 'claimed' and m\.claim_id = \$\{claimId\})\s+and exists \(select from shops s[^`]*?(returning m\.id`)/,
      instead: '$1 $2',
    },
  ],
};

/** Copies the built worker to `dir`. @returns the file to start */
export function copyWorker(dir: string, sabotage: Sabotage | undefined): string {
  const file = join(dir, 'worker', 'index.js');
  rmSync(dirname(file), { recursive: true, force: true });
  cpSync(join(projectRoot, 'build', 'worker'), dirname(file), { recursive: true });
  if (sabotage) writeFileSync(file, CUTS[sabotage].reduce(cutOut, readFileSync(file, 'utf8')));
  return file;
}

function cutOut(code: string, { what, instead }: Cut): string {
  const found = code.match(new RegExp(what, 'g'))?.length ?? 0;
  if (found !== 1) throw new Error(`A guard to cut out stands ${found} times in the built worker: ${what}`);
  return code.replace(what, instead);
}
