/** People who must not get e-mails: reads a list of another product, shows what is in it, and takes it over once the owner says so. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useFetcher, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { deps } from '../deps.server';
import { REFUSAL_KINDS } from '../domain/refusal-list';
import { requireShop } from '../shopify.server';
import { firstRows, loadLists, type RefusalList } from '../store/refusal-lists';
import { inShop } from '../store/scope';
import { type ListFaultShown, MOST_LIST_MEGABYTES, RefusalsPage } from '../ui/refusals-page';
import { readJson } from './read-json';
import { tolerantAction, useFailureToast } from './tolerant-action';
import { usePolling } from './use-polling';

const ROWS_SHOWN = 5;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  return inShop(deps().db, shop.id, async (scope) => {
    const { open, imported } = await loadLists(scope);
    const rows = open?.status === 'read' ? await firstRows(scope, open.id, ROWS_SHOWN) : [];
    return {
      open: open && { ...shown(open), rows: rows.map((row) => ({ ...row, at: row.at?.toISOString() ?? null })) },
      imported: imported.map(shown),
    };
  });
}

function shown({ id, fileName, source, columns, status, counts, result, asOf, importedAt }: RefusalList) {
  return {
    ...{ id, fileName, source, columns, counts, result },
    importing: status === 'importing',
    asOf: asOf.toISOString(),
    importedAt: importedAt?.toISOString() ?? null,
  };
}

const intents = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('import'), id: z.uuid(), kind: z.enum(REFUSAL_KINDS).nullable() }),
  z.object({ intent: z.literal('discard'), id: z.uuid() }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const { commands } = deps();
  const asked = await readJson(request, intents);
  switch (asked.intent) {
    case 'import':
      return { started: await commands.importRefusals(shop.id, asked.id, asked.kind) };
    case 'discard':
      await commands.discardRefusals(shop.id, asked.id);
      return { discarded: true };
  }
}

export const clientAction = tolerantAction;

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Refusals() {
  const data = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  const fetcher = useFetcher<typeof action>();
  const [reading, setReading] = useState(false);
  const [fault, setFault] = useState<ListFaultShown | null>(null);
  useFailureToast(fetcher.data);
  usePolling(data.open?.importing === true);
  // What was wrong with the file before says nothing of the one that is shown now.
  const opened = data.open?.id;
  useEffect(() => {
    if (opened) setFault(null);
  }, [opened]);
  const read = async (file: File) => {
    setReading(true);
    setFault(await upload(file));
    setReading(false);
    revalidate();
  };
  const send = (asked: z.infer<typeof intents>) =>
    fetcher.submit(asked, { method: 'post', encType: 'application/json' });
  return (
    <RefusalsPage
      {...data}
      reading={reading}
      fault={fault}
      busy={fetcher.state !== 'idle'}
      onFile={(file) => void read(file)}
      onImport={(id, kind) => send({ intent: 'import', id, kind })}
      onDiscard={(id) => send({ intent: 'discard', id })}
    />
  );
}

const answered = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({
    ok: z.literal(false),
    fault: z.object({ code: z.string(), columns: z.array(z.string()).optional(), line: z.number().optional() }),
  }),
]);

/** The bytes as they are, not as a form: App Bridge adds the id token to a fetch. @returns what is wrong with the file */
async function upload(file: File): Promise<ListFaultShown | null> {
  if (file.size > MOST_LIST_MEGABYTES * 1024 * 1024) return { code: 'too-large' };
  const query = new URLSearchParams({ name: file.name, modified: String(file.lastModified) });
  try {
    const answer = await fetch(`/app/settings/refusals/upload?${query}`, { method: 'POST', body: file });
    if (answer.status === 413) return { code: 'too-large' };
    const told = answered.parse(await answer.json());
    return told.ok ? null : told.fault;
  } catch {
    return { code: 'failed' };
  }
}
