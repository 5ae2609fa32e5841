// Every event on disk, with which of them the app has acknowledged, so that a restart neither loses nor repeats them.
import { Journal } from './journal';
import type { EventExtra, EventType, MailEvent } from './message';

type EventLine = [message: number, type: EventType, at: number, extra?: EventExtra];
interface AckLine {
  acked: number[];
}

export class EventLog {
  private readonly journal: Journal;
  private readonly waiting = new Set<number>();
  private buffered: string[] = [];
  private next = 0;

  constructor(file: string) {
    this.journal = new Journal(file);
  }

  load(visit: (message: number, event: MailEvent) => void): void {
    this.journal.replay((line) => {
      const entry = JSON.parse(line) as EventLine | AckLine;
      if (!Array.isArray(entry)) {
        for (const seq of entry.acked) this.waiting.delete(seq);
        return;
      }
      const [message, type, at, extra] = entry;
      visit(message, this.number(type, at, extra));
    });
  }

  add(message: number, type: EventType, at: number, extra: EventExtra | undefined): MailEvent {
    const line: EventLine = extra === undefined ? [message, type, at] : [message, type, at, extra];
    this.buffered.push(JSON.stringify(line));
    return this.number(type, at, extra);
  }

  acknowledge(seqs: number[]): void {
    for (const seq of seqs) this.waiting.delete(seq);
    this.buffered.push(JSON.stringify({ acked: seqs } satisfies AckLine));
  }

  isWaiting(seq: number): boolean {
    return this.waiting.has(seq);
  }

  /** Writes what is buffered. Events lost by a kill before this are made again at the next start, with the same ids. */
  flush(): void {
    if (this.buffered.length === 0) return;
    const lines = this.buffered;
    this.buffered = [];
    this.journal.append(lines.join('\n'));
  }

  close(): void {
    this.flush();
    this.journal.close();
  }

  private number(type: EventType, at: number, extra: EventExtra | undefined): MailEvent {
    const seq = this.next;
    this.next += 1;
    this.waiting.add(seq);
    return { seq, type, at, extra };
  }
}
