/** Small pieces several blocks share: a block's frame, paragraphs, links, the lists' marks. */
import { Fragment, type ReactNode } from 'react';
import { Link, Section, Text } from 'react-email';
import type { Words } from '../../lib/language';
import { parseWebAddress } from '../../lib/web-address';
import type { BlockLink } from '../content';
import { type MarkedRun, markedParagraphs } from '../marked-words';
import { type LookName, mark, type ValueName } from '../marks';
import { isLinkPlace } from '../rich-words';
import { type BlockContext, bodyText, GUTTER, PLAIN_LINK } from './context';

/** One block between the e-mail's gutters, with its space below. */
export function Frame({ children, below = 24 }: { children: ReactNode; below?: number }) {
  return (
    <Section tdClassName="gutter" style={{ paddingLeft: GUTTER, paddingRight: GUTTER, paddingBottom: below }}>
      {children}
    </Section>
  );
}

interface ParagraphsProps {
  words: Words;
  context: BlockContext;
  align?: 'left' | 'center' | undefined;
  className?: string;
}

/** An owner's text, one paragraph per blank line. */
export function Paragraphs({ words, context, align = 'left', className = 'text' }: ParagraphsProps) {
  return markedParagraphs(words, context).map((lines, index) => (
    <Text
      // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
      key={index}
      className={className}
      style={{ ...bodyText(context.brand), textAlign: align, marginTop: index === 0 ? 0 : 14 }}
    >
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
        <Fragment key={at}>
          {at > 0 && <br />}
          <Line runs={line} context={context} />
        </Fragment>
      ))}
    </Text>
  ));
}

function Line({ runs, context }: { runs: readonly MarkedRun[]; context: BlockContext }) {
  return stretchesOf(runs).map(({ link, runs: stretch }, index) => {
    const words = stretch.map(({ text, bold }, at) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
      bold ? <strong key={at}>{text}</strong> : text,
    );
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
      <Fragment key={index}>
        {link === undefined ? words : <TextLink target={link} context={context} words={words} />}
      </Fragment>
    );
  });
}

/** Neighbors that lead to the same place are one link. */
function stretchesOf(runs: readonly MarkedRun[]): { link: string | undefined; runs: MarkedRun[] }[] {
  const stretches: { link: string | undefined; runs: MarkedRun[] }[] = [];
  for (const run of runs) {
    const last = stretches.at(-1);
    if (last && last.link === run.link) last.runs.push(run);
    else stretches.push({ link: run.link, runs: [run] });
  }
  return stretches;
}

/** A link within a text. */
function TextLink({ target, words, context }: { target: string; words: ReactNode; context: BlockContext }) {
  return (
    <Link
      {...(target === 'preferences' ? OWN_PAGE : {})}
      href={linkTarget(isLinkPlace(target) ? { to: target } : { to: 'url', url: target }, context)}
      className="link"
      data-text="inline"
      style={{ ...PLAIN_LINK, color: context.brand.colors.link, textDecoration: 'underline' }}
    >
      {words}
    </Link>
  );
}

/** SendGrid must not route links to our own pages through its click tracking. */
const OWN_PAGE = { clicktracking: 'off' } as const;

export function value(name: ValueName, detail?: string): string {
  return mark({ kind: 'value', name, ...(detail === undefined ? {} : { detail }) });
}

/** Shown only when these values are there. */
export function Optional({
  needs,
  children,
}: {
  needs: ValueName | { name: ValueName; detail: string };
  children: ReactNode;
}) {
  return (
    <>
      {mark({ kind: 'optional', needs: [typeof needs === 'string' ? { name: needs } : needs] })}
      {children}
      {mark({ kind: 'close' })}
    </>
  );
}

/** Shown only in looks that have this; in every look where nothing is said. */
export function Worn({ by, children }: { by: LookName | undefined; children: ReactNode }) {
  if (by === undefined) return children;
  return (
    <>
      {mark({ kind: 'worn', name: by })}
      {children}
      {mark({ kind: 'close' })}
    </>
  );
}

/** Marked text that is left out when its value is missing. */
export function optionalText(name: ValueName, text: string): string {
  return mark({ kind: 'optional', needs: [{ name }] }) + text + mark({ kind: 'close' });
}

/** Where a link leads: a slot for places of the recipient's own or of the store, the plain address for other sites. */
export function linkTarget(link: BlockLink, context: BlockContext): string {
  switch (link.to) {
    case 'checkout':
      return value('checkout_url');
    case 'store':
      return value('store_url');
    case 'preferences':
      return value('preferences_url');
    case 'url': {
      const url = parseWebAddress(link.url);
      const sameStore = url !== null && url.host === parseWebAddress(context.brand.storeUrl)?.host;
      // Only addresses of the store carry the campaign query; other sites must not learn whom we wrote to.
      return sameStore ? value('owner_url', url.href) : (url?.href ?? value('store_url'));
    }
  }
}

/** A link to our own pages (preferences, unsubscribe): SendGrid must not route it through its click tracking. */
export function OwnLink({
  name,
  children,
  color,
}: {
  name: 'preferences_url' | 'unsubscribe_url';
  children: ReactNode;
  color: string;
}) {
  return (
    <Link
      href={value(name)}
      clicktracking="off"
      className="muted"
      style={{ ...PLAIN_LINK, color, textDecoration: 'underline' }}
    >
      {children}
    </Link>
  );
}
