/** The page behind the links of an e-mail: plain HTML that needs no script, no login and no cookie. Rendered by `routes/preferences`. */
import type { ReactNode } from 'react';
import type { ScenarioKey } from '../domain/scenario';
import { PREFERENCE_WORDS } from '../i18n/preferences';
import type { Language } from '../lib/language';
import { PublicPage } from './public-page';

export interface PreferenceView {
  shopName: string;
  storeUrl: string;
  language: Language;
  /** What the shop writes in. */
  languages: readonly Language[];
  consent: 'subscribed' | 'not-subscribed' | 'none';
  maySubscribe: boolean;
  /** Chosen and not kept yet, because something else was refused. */
  ticked?: 'none' | 'subscribe' | null;
  fewer: boolean;
  birthDate: string | null;
  kinds: { key: ScenarioKey; wanted: boolean }[];
  openTracking: 'agreed' | 'not-agreed' | null;
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
  .field { margin: .75rem 0 1.25rem; } .field label { font-weight: 600; } .field input, .field select { width: auto; height: auto; font: inherit; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; } .hint { font-size: .9rem; margin: .3rem 0 0; } .wrong { font-size: .9rem; margin: .3rem 0 0; color: #b3261e; }
  @media (prefers-color-scheme: dark) { .wrong { color: #ffb4ab; } }
  button { font: inherit; font-weight: 600; padding: .7rem 1.4rem; border: 0; border-radius: 8px; background: var(--act); color: var(--on-act); cursor: pointer; }
  .consent { margin: 0 0 1rem; } .consent p { margin: 0 0 .3rem; } option { color: var(--ink); background: var(--paper); }
  :focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
  a { color: inherit; } [role=status], [role=alert] { border-left: 4px solid var(--act); padding: .3rem 0 .3rem .8rem; } footer { margin-top: 1.5rem; }
`;

function Page({ language, title, children }: { language: Language; title: string; children: ReactNode }) {
  return (
    <PublicPage language={language} title={title} style={STYLE} robots="noindex">
      <main>{children}</main>
    </PublicPage>
  );
}

/** What became of the choice just made, if one was. */
export type PreferenceState = 'asked' | 'kept' | 'subscribed' | 'birth-date-refused';

interface PreferencePageProps {
  view: PreferenceView;
  state: PreferenceState;
}

export function PreferencePage({ view, state, here }: PreferencePageProps & { here: string }) {
  const words = PREFERENCE_WORDS[view.language];
  return (
    <Page language={view.language} title={`${words.title} – ${view.shopName}`}>
      <h1>{words.title}</h1>
      <Answer view={view} state={state} />
      <form method="post">
        <Consent view={view} />
        <fieldset>
          <legend>{words.kinds}</legend>
          {view.kinds.map(({ key, wanted }) => (
            <Tick key={key} name="kind" value={key} on={wanted} label={words.kind[key]} />
          ))}
        </fieldset>
        <Tick name="fewer" on={view.fewer} label={words.fewer} />
        {view.consent !== 'none' && <Tick name="none" on={view.ticked === 'none'} label={words.none} />}
        <LanguageField view={view} />
        <BirthDateField view={view} wrong={state === 'birth-date-refused'} />
        <button type="submit">{words.save}</button>
      </form>
      <footer>
        {view.openTracking !== null && (
          <p>
            {words.openTracking[view.openTracking]} <a href={`${here}/open-tracking`}>{words.openTrackingLink}</a>
          </p>
        )}
        <a href={view.storeUrl}>{words.store}</a>
      </footer>
    </Page>
  );
}

function Answer({ view: { language, shopName, consent }, state }: PreferencePageProps) {
  const words = PREFERENCE_WORDS[language];
  switch (state) {
    case 'subscribed':
      return <p role="status">{words.savedSubscribed(shopName)}</p>;
    case 'kept':
      return <p role="status">{consent === 'none' ? words.savedNone(shopName) : words.saved}</p>;
    case 'birth-date-refused':
      return (
        <p role="alert">
          <a href="#birth-date">{words.birthDateWrong}</a>
        </p>
      );
    default:
      return <p>{consent === 'none' ? words.noneNow(shopName) : words.lead(shopName)}</p>;
  }
}

/** Consent is given by a box of its own, empty until it is ticked; never by taking something else back. */
function Consent({ view: { language, shopName, consent, maySubscribe, ticked } }: { view: PreferenceView }) {
  const words = PREFERENCE_WORDS[language];
  if (!maySubscribe) return null;
  return (
    <div className="consent">
      {consent === 'not-subscribed' && <p>{words.notSubscribed(shopName)}</p>}
      <Tick
        name="subscribe"
        on={ticked === 'subscribe'}
        label={words.subscribe(shopName)}
        describedBy="subscribe-note"
      />
      <p id="subscribe-note" className="hint">
        {words.subscribeHint}
      </p>
    </div>
  );
}

function Tick(props: { name: string; value?: string; on: boolean; label: string; describedBy?: string }) {
  const { name, value = '1', on, label, describedBy } = props;
  return (
    <label>
      <input type="checkbox" name={name} value={value} defaultChecked={on} aria-describedby={describedBy} />
      <span>{label}</span>
    </label>
  );
}

function LanguageField({ view: { language, languages } }: { view: PreferenceView }) {
  const words = PREFERENCE_WORDS[language];
  if (languages.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor="language">{words.language}</label>
      <select id="language" name="language" defaultValue={language}>
        {languages.map((one) => (
          <option key={one} value={one} lang={one}>
            {words.languages[one]}
          </option>
        ))}
      </select>
    </div>
  );
}

function BirthDateField({ view: { language, birthDate }, wrong }: { view: PreferenceView; wrong: boolean }) {
  const words = PREFERENCE_WORDS[language];
  return (
    <div className="field">
      <label htmlFor="birth-date">{words.birthDate}</label>
      <input
        id="birth-date"
        type="date"
        name="birthDate"
        defaultValue={birthDate ?? ''}
        aria-describedby="birth-date-note"
        aria-invalid={wrong}
      />
      <p id="birth-date-note" className={wrong ? 'wrong' : 'hint'}>
        {wrong ? words.birthDateHow : birthDate ? words.birthDateKnown : words.birthDateHint}
      </p>
      {birthDate && <input type="hidden" name="hadBirthDate" value="1" />}
    </div>
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

/** What somebody reads whom Shopify's page cannot be opened for. */
export function AwayPage({ language, back }: { language: Language; back: string }) {
  const words = PREFERENCE_WORDS[language];
  return (
    <Page language={language} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.away}</p>
      <footer>
        <a href={back}>{words.back}</a>
      </footer>
    </Page>
  );
}

/** What somebody reads who was deleted or erased since the e-mail. */
export function GonePage({ language }: { language: Language }) {
  const words = PREFERENCE_WORDS[language];
  return (
    <Page language={language} title={words.title}>
      <h1>{words.title}</h1>
      <p role="status">{words.gone}</p>
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
