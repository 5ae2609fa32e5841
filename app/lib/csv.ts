/**
 * Comma-separated values as people save them, read piece by piece: RFC 4180, and beyond it the semicolons and tabs of spreadsheets, any
 * line end, lines without anything, and the `sep=` line of Excel. Used for uploaded lists.
 */

export interface CsvRecord {
  /** The line it begins on, from 1. */
  line: number;
  cells: string[];
}

export interface CsvReader {
  push(text: string): CsvRecord[];
  /** The last record, which need not end with a line end. */
  end(): CsvRecord[];
}

/** The quotes were opened on this line and nothing closed them: whatever follows would be one cell. */
export class UnclosedQuote extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`The quotes opened on line ${line} are never closed`);
    this.line = line;
  }
}

/** A record is a line of a list, not a book: past this a quote is open that was never meant. */
const MOST_RECORD_CHARACTERS = 256 * 1024;
const SEPARATORS = [',', ';', '\t', '|'] as const;

/** @throws UnclosedQuote from `push` and `end` */
export function makeCsvReader(): CsvReader {
  let head = '';
  let records: ReturnType<typeof makeRecords> | null = null;
  const begin = (): CsvRecord[] => {
    const { separator, from } = firstLine(head);
    records = makeRecords(separator);
    const rest = head.slice(from);
    head = '';
    return records.push(rest);
  };
  return {
    push(text) {
      if (records) return records.push(text);
      head += text;
      const isWhole = endOfLine(head) !== -1 || head.length > MOST_RECORD_CHARACTERS;
      return isWhole ? begin() : [];
    },
    end() {
      const first = records ? [] : begin();
      return [...first, ...(records?.end() ?? [])];
    },
  };
}

/** Which separator the file uses, told by its first line; and where what counts begins. */
function firstLine(head: string): { separator: string; from: number } {
  const end = endOfLine(head);
  const line = end === -1 ? head : head.slice(0, end);
  const told = /^sep=(.)$/i.exec(line)?.[1];
  if (told) return { separator: told, from: end === -1 ? head.length : end };
  const outside = line.replaceAll(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((one) => outside.split(one).length - 1);
  const most = Math.max(...counts);
  return { separator: SEPARATORS[most === 0 ? 0 : counts.indexOf(most)] ?? ',', from: 0 };
}

/** Where the first line ends, outside quotes; -1 while it does not. */
function endOfLine(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) return at;
  }
  return -1;
}

/** `closed`: right behind a quote that may be the end of a quoted cell or the first of two. */
type Place = 'begin' | 'plain' | 'quoted' | 'closed';

const [QUOTE, LF, CR] = ['"', '\n', '\r'];

function makeRecords(separator: string) {
  let place: Place = 'begin';
  let cell = '';
  let cells: string[] = [];
  let size = 0;
  let [line, recordLine, quoteLine] = [1, 1, 1];
  let afterCr = false;
  const found: CsvRecord[] = [];
  const endCell = () => {
    cells.push(cell);
    cell = '';
    place = 'begin';
  };
  const endRecord = () => {
    endCell();
    if (cells.length > 1 || cells[0] !== '') found.push({ line: recordLine, cells });
    cells = [];
    size = 0;
  };
  const newLine = (char: string): boolean => {
    // A line end of two characters may fall between two pieces.
    const isSecond = char === LF && afterCr;
    afterCr = char === CR;
    if (!isSecond) line += 1;
    return !isSecond;
  };
  const countLines = (part: string) => {
    if (!/[\r\n]/.test(part)) afterCr = false;
    else {
      for (const char of part) {
        if (char === LF || char === CR) newLine(char);
        else afterCr = false;
      }
    }
  };
  /** Everything up to the next quote. @returns where that is */
  const inside = (text: string, from: number): number => {
    const quote = text.indexOf(QUOTE, from);
    const end = quote === -1 ? text.length : quote;
    const part = text.slice(from, end);
    if (part !== '') countLines(part);
    cell += part;
    if (quote === -1) return end;
    afterCr = false;
    place = 'closed';
    return quote + 1;
  };
  /** Everything of a plain cell up to what may end it. @returns where that is */
  const plainly = (text: string, from: number): number => {
    let at = from;
    while (at < text.length && text[at] !== separator && text[at] !== LF && text[at] !== CR) at += 1;
    cell += text.slice(from, at);
    return at;
  };
  const outside = (char: string) => {
    if (char === LF || char === CR) {
      if (newLine(char)) endRecord();
      recordLine = line;
      return;
    }
    afterCr = false;
    if (char === separator) endCell();
    else if (char === QUOTE && place === 'begin') {
      place = 'quoted';
      quoteLine = line;
    } else if (char === QUOTE && place === 'closed') {
      cell += char;
      place = 'quoted';
    } else {
      cell += char;
      place = 'plain';
    }
  };
  return {
    push(text: string): CsvRecord[] {
      for (let at = 0; at < text.length; ) {
        const from = at;
        if (place === 'quoted') at = inside(text, at);
        else {
          outside(text[at] ?? '');
          at += 1;
          if (place === 'plain') at = plainly(text, at);
        }
        size += at - from;
        if (size > MOST_RECORD_CHARACTERS) throw new UnclosedQuote(quoteLine);
      }
      return found.splice(0);
    },
    end(): CsvRecord[] {
      if (place === 'quoted') throw new UnclosedQuote(quoteLine);
      endRecord();
      return found.splice(0);
    },
  };
}
