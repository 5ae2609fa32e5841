/** A line of the audit, and what each figure may be at most. */

export interface AuditLine {
  page: string;
  /** Of the window, in pixels. */
  width: number;
  language: string;
  /** Milliseconds, inside the app's frame. */
  lcp: number;
  /** The same of a page that holds nothing but its Polaris title. */
  lcpEmptyPage: number;
  cls: number;
  /** Milliseconds. */
  inp: number;
  /** Compressed with gzip, of all scripts of ours that the visit loaded; kB are 1,000 bytes. */
  jsKb: number;
  axeViolations: number;
  consoleErrors: number;
  /** Pixels. */
  overflowX: number;
}

const MOST_LCP_TIMES = 1.5;
const MOST_LCP_MS = 2500;
const MOST_CLS = 0.05;
const MOST_INP_MS = 200;
const MOST_JS_KB = 250;
/** The scenario's page writes e-mails, and loads an editor for it. */
const MOST_EDITOR_JS_KB = 550;

const mostJs = (page: string) => (page.startsWith('scenario-') ? MOST_EDITOR_JS_KB : MOST_JS_KB);

/** Milliseconds depend on what else the machine does just then. */
const paintsLate = ({ lcp, lcpEmptyPage }: AuditLine) => lcp > MOST_LCP_TIMES * lcpEmptyPage;

/** What of a line lies beyond the limits, in words; empty when all is well. */
export function shortcomings(line: AuditLine): string[] {
  const { lcp, lcpEmptyPage, cls, inp, jsKb, axeViolations, consoleErrors, overflowX } = line;
  return [
    lcp <= 0 ? 'nothing was painted' : '',
    paintsLate(line) ? `LCP ${lcp} ms, ${(lcp / lcpEmptyPage).toFixed(2)} times an empty page` : '',
    lcp > MOST_LCP_MS ? `LCP ${lcp} ms` : '',
    cls >= MOST_CLS ? `CLS ${cls}` : '',
    inp >= MOST_INP_MS ? `INP ${inp} ms` : '',
    jsKb > mostJs(line.page) ? `${jsKb} kB of scripts` : '',
    axeViolations > 0 ? `${axeViolations} violations found by axe` : '',
    consoleErrors > 0 ? `${consoleErrors} complaints in the console` : '',
    overflowX > 0 ? `${overflowX} px wider than the window` : '',
  ].filter(Boolean);
}
