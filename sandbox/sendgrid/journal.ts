// An append-only file of JSON lines that remembers where each line starts, so that big lines can stay on disk. Used for requests and events.
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

export interface LinePlace {
  offset: number;
  length: number;
}

const NEWLINE = 0x0a;
const CHUNK = 1 << 20;

export class Journal {
  private readonly fd: number;
  private end: number;

  constructor(file: string) {
    this.fd = openSync(file, 'a+');
    closeSync(this.fd);
    // Reopened for reading and writing at places: the append flag would send overwrites to the end.
    this.fd = openSync(file, 'r+');
    this.end = fstatSync(this.fd).size;
  }

  /** Appends one line (bytes without a newline in them) and tells where it stands. */
  append(...parts: (string | Buffer)[]): LinePlace {
    const line = Buffer.concat([
      ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)),
      Buffer.from('\n'),
    ]);
    const place = { offset: this.end, length: line.length - 1 };
    writeSync(this.fd, line, 0, line.length, this.end);
    this.end += line.length;
    return place;
  }

  read(place: LinePlace): string {
    const bytes = Buffer.alloc(place.length);
    readSync(this.fd, bytes, 0, place.length, place.offset);
    return bytes.toString('utf8');
  }

  /** Puts a shorter text where a line stood, filled up with spaces, so that the old bytes are gone from the disk. */
  overwrite(place: LinePlace, text: string): void {
    const bytes = Buffer.alloc(place.length, 0x20);
    const written = bytes.write(text);
    if (written < Buffer.byteLength(text)) throw new Error('A journal line can only be replaced by a shorter one.');
    writeSync(this.fd, bytes, 0, place.length, place.offset);
  }

  /** Calls `visit` for each whole line; a line cut off by a crash is dropped. */
  replay(visit: (line: string, place: LinePlace) => void): void {
    let start = 0;
    let rest = Buffer.alloc(0);
    for (let at = 0; at < this.end; at += CHUNK) {
      const chunk = Buffer.alloc(Math.min(CHUNK, this.end - at));
      readSync(this.fd, chunk, 0, chunk.length, at);
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let stop = rest.indexOf(NEWLINE); stop !== -1; stop = rest.indexOf(NEWLINE)) {
        visit(rest.toString('utf8', 0, stop), { offset: start, length: stop });
        start += stop + 1;
        rest = rest.subarray(stop + 1);
      }
    }
    this.end = start;
  }

  close(): void {
    closeSync(this.fd);
  }
}
