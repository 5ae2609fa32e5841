/** The migration of a next version: additive, as every migration of ours must be while the old version runs beside it. Made in a folder of its own. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../app/migrate';
import { projectRoot } from '../../scripts/local/paths';

const TAG = '9999_next_version';
const STATEMENTS = [
  // On the tables that are written to all the while.
  `ALTER TABLE "messages" ADD COLUMN "next_version_note" text`,
  `ALTER TABLE "customers" ADD COLUMN "next_version_flag" boolean DEFAULT false NOT NULL`,
  `CREATE INDEX "inbound_events_next_version" ON "inbound_events" USING btree ("shop_id","topic")`,
  `CREATE TABLE "next_version_notes" ("shop_id" integer NOT NULL, "id" text NOT NULL, PRIMARY KEY("shop_id","id"))`,
  `ALTER TABLE "next_version_notes" ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE "next_version_notes" FORCE ROW LEVEL SECURITY`,
  `CREATE POLICY one_shop ON "next_version_notes" USING (shop_id = current_shop_id()) WITH CHECK (shop_id = current_shop_id())`,
];

/** Migrates as a deploy does, ours first and then the next version's. */
export async function migrateToNext(ownerUrl: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'relance-next-'));
  try {
    cpSync(join(projectRoot, 'drizzle'), folder, { recursive: true });
    const file = join(folder, 'meta', '_journal.json');
    const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { idx: number; when: number }[] };
    const [idx, when] = [journal.entries.length, Math.max(...journal.entries.map((entry) => entry.when)) + 1];
    const entries = [...journal.entries, { idx, version: '7', when, tag: TAG, breakpoints: true }];
    writeFileSync(file, JSON.stringify({ ...journal, entries }));
    writeFileSync(join(folder, `${TAG}.sql`), STATEMENTS.map((one) => `${one};`).join('\n--> statement-breakpoint\n'));
    await migrate({ ownerUrl, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
