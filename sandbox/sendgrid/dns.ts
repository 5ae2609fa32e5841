// The public DNS as far as mail asks it: what the owners of domains have entered at their hosts. Read when a domain is checked, and by whoever looks up a TXT record; changed through /control/api/sendgrid/dns.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface DnsRecord {
  type: 'cname' | 'txt';
  data: string;
}

export class DnsTable {
  private readonly records = new Map<string, DnsRecord[]>();
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
    if (existsSync(file)) this.records = new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, DnsRecord[]][]);
  }

  /** What stands at a name, of one kind. */
  read(name: string, type: DnsRecord['type']): string[] {
    return (this.records.get(bare(name)) ?? []).filter((one) => one.type === type).map((one) => one.data);
  }

  /** Replaces what stands at a name; nothing stands there after an empty list. */
  write(name: string, type: DnsRecord['type'], data: readonly string[]): void {
    if (data.length === 0) this.records.delete(bare(name));
    else
      this.records.set(
        bare(name),
        data.map((one) => ({ type, data: one })),
      );
    writeFileSync(this.file, JSON.stringify([...this.records]));
  }

  show(): Record<string, DnsRecord[]> {
    return Object.fromEntries(this.records);
  }
}

/** Names are compared without case, and with or without the dot at their end. */
function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
