/** The page behind a shared preview: plain HTML without a script; the e-mail stands in a frame of its own. Rendered by `routes/shared-previews`. */
import type { ReactNode } from 'react';
import { SHARED_PREVIEW_WORDS } from '../i18n/shared-preview';
import type { Language } from '../lib/language';
import { PublicPage } from './public-page';

export const SHARED_VIEWS = ['desktop', 'phone', 'dark', 'text'] as const;
export type SharedView = (typeof SHARED_VIEWS)[number];

const STYLE = `
  :root { color-scheme: light dark; --ink: #26221d; --muted: #665f55; --paper: #fffefc; --ground: #f3f0ea; --line: #d8d1c4; --act: #24514a; }
  @media (prefers-color-scheme: dark) { :root { --ink: #f2eee7; --muted: #b8b0a4; --paper: #201e1b; --ground: #151412; --line: #4a453e; --act: #bfe0d5; } }
  * { box-sizing: border-box; } body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
  header { padding: 1rem 1.25rem; background: var(--paper); border-bottom: 1px solid var(--line); } h1 { font-size: 1.15rem; margin: 0 0 .25rem; } p { margin: 0; color: var(--muted); }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .75rem; margin: .75rem 0; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
  nav { display: flex; flex-wrap: wrap; gap: .25rem; } nav a { padding: .35rem .8rem; border: 1px solid var(--line); border-radius: 999px; color: inherit; text-decoration: none; } nav a[aria-current] { border-color: var(--act); box-shadow: inset 0 0 0 1px var(--act); font-weight: 600; }
  main { flex: 1; display: flex; justify-content: center; } iframe { flex: 1; width: 100%; min-height: 70vh; border: 0; background: #fff; } .phone iframe { flex: none; width: 375px; max-width: 100%; border: solid var(--line); border-width: 0 1px; } .dark iframe { background: #151412; }
  pre { flex: 1; max-width: 46rem; margin: 0; padding: 1.25rem; background: var(--paper); white-space: pre-wrap; overflow-wrap: anywhere; }
  .ended { max-width: 30rem; margin: 12vh auto; padding: 0 1.5rem; display: block; } .ended h1 { font-size: 1.5rem; }
  :focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
`;

function Page({ language, title, children }: { language: Language; title: string; children: ReactNode }) {
  return (
    <PublicPage language={language} title={title} style={STYLE} robots="noindex, nofollow">
      {children}
    </PublicPage>
  );
}

export interface SharedPreviewPageProps {
  /** Of whoever reads the page. */
  language: Language;
  shopName: string;
  /** The e-mail's own language. */
  mailLanguage: Language;
  mail: { from: string; subject: string; text: string };
  /** Null: it is shown as it is now. */
  sharedAt: Date | null;
  expiresAt: Date;
  view: SharedView;
  /** Where the page itself and the e-mail's HTML are; `?view=` is put behind. */
  url: string;
}

export function SharedPreviewPage(props: SharedPreviewPageProps) {
  const { language, shopName, mail, mailLanguage, sharedAt, expiresAt, view, url } = props;
  const words = SHARED_PREVIEW_WORDS[language];
  const day = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-US', { dateStyle: 'long' });
  return (
    <Page language={language} title={words.title(shopName)}>
      <header>
        <h1>{words.title(shopName)}</h1>
        <p>
          {sharedAt ? words.asShared(day.format(sharedAt)) : words.asNow} {words.ends(day.format(expiresAt))}{' '}
          {words.sample}
        </p>
        <dl>
          <dt>{words.from}</dt>
          <dd>{mail.from}</dd>
          <dt>{words.subject}</dt>
          <dd lang={mailLanguage}>{mail.subject}</dd>
        </dl>
        <nav aria-label={words.view}>
          {SHARED_VIEWS.map((one) => (
            <a key={one} href={`${url}?view=${one}`} {...(one === view ? { 'aria-current': 'page' } : {})}>
              {words.views[one]}
            </a>
          ))}
        </nav>
      </header>
      <main className={view}>
        {view === 'text' ? (
          <pre lang={mailLanguage}>{mail.text}</pre>
        ) : (
          <iframe
            title={words.frame(mail.subject)}
            sandbox=""
            src={`${url}/mail${view === 'dark' ? '?view=dark' : ''}`}
          />
        )}
      </main>
    </Page>
  );
}

/** A link that opens nothing, and why. */
export function EndedPreviewPage({ language, why }: { language: Language; why: 'expired' | 'revoked' | 'unknown' }) {
  const { title, text } = SHARED_PREVIEW_WORDS[language][why];
  return (
    <Page language={language} title={title}>
      <main className="ended">
        <h1>{title}</h1>
        <p>{text}</p>
      </main>
    </Page>
  );
}
