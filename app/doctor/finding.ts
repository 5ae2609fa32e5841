/** What the doctor finds, and how it is told. Every check of `app/doctor` answers with these. */

export interface Finding {
  /** `ok`; `note`: works, but somebody should know; `mend`: it does not work until this is done. */
  verdict: 'ok' | 'note' | 'mend';
  about: string;
  what: string;
  /** What to do, in plain words; absent where nothing is to be done. */
  todo?: string;
}

export interface Findings {
  ok(what: string): Finding;
  note(what: string, todo?: string): Finding;
  mend(what: string, todo: string): Finding;
}

/** Makers of findings about one part of the installation. */
export function about(part: string): Findings {
  return {
    ok: (what) => ({ verdict: 'ok', about: part, what }),
    note: (what, todo) => ({ verdict: 'note', about: part, what, ...(todo === undefined ? {} : { todo }) }),
    mend: (what, todo) => ({ verdict: 'mend', about: part, what, todo }),
  };
}

const MARKS = { ok: 'ok  ', note: 'note', mend: 'MEND' } as const;

/** One line a finding, with what to do beneath it, and a last line that sums up. */
export function tell(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ verdict, about: part, what, todo }) => [
    `${MARKS[verdict]}  ${part}: ${what}`,
    ...(todo === undefined ? [] : [`      → ${todo}`]),
  ]);
  const broken = findings.filter(({ verdict }) => verdict === 'mend').length;
  const sum =
    broken === 0
      ? 'Nothing has to be mended.'
      : `${broken} ${broken === 1 ? 'thing has' : 'things have'} to be mended.`;
  return `${lines.join('\n')}\n\n${sum}\n`;
}

export const isHealthy = (findings: readonly Finding[]) => findings.every(({ verdict }) => verdict !== 'mend');
