/** The page behind the links of an e-mail: plain HTML that needs no script, no login and no cookie. Rendered by `routes/preferences`. */
import type { ReactNode } from 'react';
import type { ScenarioKey } from '../domain/scenario';
import { PREFERENCE_WORDS } from '../i18n/preferences';
import type { Language } from '../lib/language';

export interface PreferenceView {
  shopName: string;
  storeUrl: string;
  language: Language;
  none: boolean;
  fewer: boolean;
  birthDate: string | null;
  kinds: { key: ScenarioKey; wanted: boolean }[];
}

const STYLE = `
  :root { color-scheme: light dark; --ink: #26221d; --paper: #fffefc; --ground: #f3f0ea; --line: #d8d1c4; --act: #24514a; --on-act: #fffefc; }
  @media (prefers-color-scheme: dark) { :root { --ink: #f2eee7; --paper: #201e1b; --ground: #151412; --line: #4a453e; --act: #bfe0d5; --on-act: #12312b; } }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 17px/1.5 system-ui, sans-serif; }
  main { max-width: 30rem; margin: 6vh auto; padding: 2rem 1.5rem; background: var(--paper); border-radius: 10px; }
  @media (max-width: 33rem) { main { margin: 0; min-height: 100vh; border-radius: 0; box-sizing: border-box; } }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem; } p { margin: 0 0 1.25rem; }
  fieldset { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: 0 0 1rem; } legend { padding: 0 .4rem; font-weight: 600; }
  label { display: flex; gap: .7rem; align-items: flex-start; padding: .4rem 0; } input { width: 1.25rem; height: 1.25rem; margin: .15rem 0 0; accent-color: var(--act); flex: none; }
  .field { margin: .75rem 0 1.25rem; } .field label { font-weight: 600; } .field input { width: auto; height: auto; font: inherit; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; } .hint { font-size: .9rem; margin: .3rem 0 0; } .wrong { font-size: .9rem; margin: .3rem 0 0; color: #b3261e; }
  @media (prefers-color-scheme: dark) { .wrong { color: #ffb4ab; } }
  button { font: inherit; font-weight: 600; padding: .7rem 1.4rem; border: 0; border-radius: 8px; background: var(--act); color: var(--on-act); cursor: pointer; }
  a { color: inherit; } [role=status] { border-left: 4px solid var(--act); padding: .3rem 0 .3rem .8rem; } footer { margin-top: 1.5rem; }
`;

function Page({ language, title, children }: { language: Language; title: string; children: ReactNode }) {
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  );
}

/** @param props.state what became of the choice just made, if one was */
export function PreferencePage({
  view,
  state,
}: {
  view: PreferenceView;
  state: 'asked' | 'kept' | 'birth-date-refused';
}) {
  const words = PREFERENCE_WORDS[view.language];
  return (
    <Page language={view.language} title={`${words.title} – ${view.shopName}`}>
      <h1>{words.title}</h1>
      {state === 'kept' ? <p role="status">{words.saved}</p> : <p>{words.lead(view.shopName)}</p>}
      <form method="post">
        <fieldset>
          <legend>{words.kinds}</legend>
          {view.kinds.map(({ key, wanted }) => (
            <label key={key}>
              <input type="checkbox" name="kind" value={key} defaultChecked={wanted} />
              <span>{words.kind[key]}</span>
            </label>
          ))}
        </fieldset>
        <label>
          <input type="checkbox" name="fewer" value="1" defaultChecked={view.fewer} />
          <span>{words.fewer}</span>
        </label>
        <label>
          <input type="checkbox" name="none" value="1" defaultChecked={view.none} />
          <span>{words.none}</span>
        </label>
        <div className="field">
          <label htmlFor="birth-date">{words.birthDate}</label>
          <input
            id="birth-date"
            type="date"
            name="birthDate"
            defaultValue={view.birthDate ?? ''}
            aria-describedby="birth-date-note"
            aria-invalid={state === 'birth-date-refused'}
          />
          <p id="birth-date-note" className={state === 'birth-date-refused' ? 'wrong' : 'hint'}>
            {state === 'birth-date-refused' ? words.birthDateWrong : words.birthDateHint}
          </p>
        </div>
        <button type="submit">{words.save}</button>
      </form>
      <footer>
        <a href={view.storeUrl}>{words.store}</a>
      </footer>
    </Page>
  );
}

/** Opening the link changes nothing (scanners open every link); the button does. */
export function UnsubscribePage({
  view,
  preferencesUrl,
  done,
}: {
  view: PreferenceView;
  preferencesUrl: string;
  done: boolean;
}) {
  const words = PREFERENCE_WORDS[view.language];
  return (
    <Page language={view.language} title={`${words.unsubscribeTitle} – ${view.shopName}`}>
      <h1>{words.unsubscribeTitle}</h1>
      {done ? (
        <p role="status">{words.unsubscribed}</p>
      ) : (
        <form method="post">
          <p>{words.unsubscribeLead(view.shopName)}</p>
          <button type="submit">{words.unsubscribe}</button>
        </form>
      )}
      <footer>
        <a href={preferencesUrl}>{words.changeMind}</a>
      </footer>
    </Page>
  );
}

/** What somebody with half a link reads. */
export function InvalidLinkPage({ language }: { language: Language }) {
  const words = PREFERENCE_WORDS[language];
  return (
    <Page language={language} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.invalid}</p>
    </Page>
  );
}
