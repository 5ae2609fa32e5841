/** What a page of the admin shows, read as the merchant's browser reads it: the data of its loaders. */
import { decode } from 'turbo-stream';
import type { Admin } from '../../tests/harness/admin';

/** The data of all loaders of a page side by side. @param path `/app/scenarios` */
export async function readAdminPage(admin: Admin, path: string): Promise<Record<string, unknown>> {
  const { status, body } = await admin.call({ path: `${path}.data` });
  if (status !== 200) throw new Error(`The admin answered ${status} to ${path}: ${body.slice(0, 300)}`);
  const { value } = await decode(new Blob([body]).stream());
  const routes = Object.values(value as Record<string, { data?: unknown; error?: unknown }>);
  const failed = routes.find(({ error }) => error !== undefined);
  if (failed) throw new Error(`The admin could not show ${path}: ${String(failed.error)}`);
  return Object.assign({}, ...routes.map(({ data }) => data));
}
