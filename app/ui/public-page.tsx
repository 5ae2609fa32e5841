/** The document of a page that opens without a login: no script, no search engine. Used by the preference page and by shared previews. */
import type { ReactNode } from 'react';
import type { Language } from '../lib/language';

export interface PublicPageProps {
  language: Language;
  title: string;
  style: string;
  /** What search engines are told. */
  robots: 'noindex' | 'noindex, nofollow';
  children: ReactNode;
}

export function PublicPage({ language, title, style, robots, children }: PublicPageProps) {
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content={robots} />
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>{children}</body>
    </html>
  );
}
