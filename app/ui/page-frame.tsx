/**
 * What stands around the page itself: its landmark, a skeleton while the next page keeps its reader waiting, and the
 * keyboard's place after it came. Used by the frame of the admin.
 */
import { useLocation, useNavigation } from '@remix-run/react';
import { BlockStack, Card, SkeletonBodyText, SkeletonDisplayText, SkeletonPage, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A page that comes sooner needs no skeleton, which would only flicker. */
const SLOW_MS = 350;

export function PageFrame({ children }: { children: React.ReactNode }) {
  const slow = useSlowNavigation();
  const main = useFocusOnTitle();
  return (
    <main ref={main} aria-busy={slow}>
      <div hidden={slow}>{children}</div>
      {slow && <PageSkeleton />}
    </main>
  );
}

/** Another page was asked for a while ago; saving, and searching on the same page, do not count. */
function useSlowNavigation(): boolean {
  const { pathname } = useLocation();
  const { state, location } = useNavigation();
  const [slow, setSlow] = useState(false);
  const leaving = state === 'loading' && location.pathname !== pathname;
  useEffect(() => {
    setSlow(false);
    if (!leaving) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [leaving]);
  return leaving && slow;
}

/** Who went on by a link of the page before begins at the title of this one; nobody is fetched from Shopify's own menu. */
function useFocusOnTitle() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    const title = main.current?.querySelector('h1');
    if (!title || !document.hasFocus()) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <SkeletonPage>
      <Text as="p" visuallyHidden>
        {t('common.loadingPage')}
      </Text>
      <BlockStack gap="400">
        {[3, 6].map((lines) => (
          <Card key={lines}>
            <BlockStack gap="400">
              <SkeletonDisplayText size="small" />
              <SkeletonBodyText lines={lines} />
            </BlockStack>
          </Card>
        ))}
      </BlockStack>
    </SkeletonPage>
  );
}
