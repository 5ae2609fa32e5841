/** Customers who asked the shop for their data: lists the requests, saves what was collected as a file. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deps } from '../deps.server';
import { KEPT_DAYS } from '../domain/retention';
import { DAY } from '../lib/duration';
import { requireShop } from '../shopify.server';
import { listDataRequests } from '../store/data-requests';
import { inShop } from '../store/scope';
import { PrivacyPage } from '../ui/privacy-page';
import { dataFileName } from './data-file-name';

/** Shopify gives the owner this long to answer a customer. */
const ANSWER_WITHIN_MS = 30 * DAY;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(request, context);
  const requests = await inShop(deps().db, shop.id, listDataRequests);
  return {
    keptDays: KEPT_DAYS.dataRequests,
    requests: requests.map(({ id, requestedAt, email, downloadedAt }) => ({
      id,
      email,
      requestedAt: requestedAt.toISOString(),
      answerBy: new Date(requestedAt.getTime() + ANSWER_WITHIN_MS).toISOString(),
      downloadedAt: downloadedAt?.toISOString() ?? null,
    })),
  };
}

export const meta: MetaFunction = () => [{ title: 'Relance' }];

export default function Privacy() {
  const data = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const [fetching, setFetching] = useState<string | null>(null);
  const download = async (id: string) => {
    setFetching(id);
    try {
      await saveFile(`/app/settings/privacy/${encodeURIComponent(id)}`, dataFileName(id));
      revalidate();
    } catch {
      shopify.toast.show(t('common.unknownError'), { isError: true });
    }
    setFetching(null);
  };
  return <PrivacyPage {...data} fetching={fetching} onDownload={(id) => void download(id)} />;
}

/** A link alone would come without the id token that App Bridge adds to a fetch. */
async function saveFile(path: string, name: string): Promise<void> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`The app answered ${answer.status}`);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
