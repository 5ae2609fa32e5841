import { describe, expect, it } from 'vitest';
import { allSteps, emailSteps, type Step } from '../domain/scenario';
import { CATALOGUE, SCENARIOS } from './catalogue';
import { PREBUILT_EMAILS } from './emails';
import { parseOverlay, withOverlay } from './overlay';
import { versionFor } from './overlay-steps';

const { welcome } = CATALOGUE;
const NOW = { currency: 'EUR', today: '2026-03-03' };

describe('the owner’s edits', () => {
  it('change a delay and leave everything else as it was', () => {
    const parsed = parseOverlay(welcome, { delays: { 'two-days': '3d' } });
    expect(parsed.ok).toBe(true);
    if (!parsed.ok) return;
    const edited = withOverlay(welcome, parsed.overlay);
    expect(edited.steps.find((step) => step.id === 'two-days')).toMatchObject({ duration: '3d' });
    expect(edited.steps.filter((step) => step.id !== 'two-days')).toEqual(
      welcome.steps.filter((step) => step.id !== 'two-days'),
    );
  });

  it('change what a check asks', () => {
    const parsed = parseOverlay(welcome, { conditions: { 'no-order-yet': 'not-opted-in-at-checkout' } });
    if (!parsed.ok) throw new Error('The edit was refused');
    const edited = withOverlay(welcome, parsed.overlay);
    expect(edited.steps.find((step) => step.id === 'no-order-yet')).toMatchObject({
      condition: 'not-opted-in-at-checkout',
    });
  });

  it.each([
    [{ conditions: { 'no-order-yet': 'full-moon' } }, 'conditions.no-order-yet', 'not-a-choice'],
    [{ conditions: { hello: 'always' } }, 'conditions.hello', 'unknown-step'],
    [{ delays: { 'two-days': 'soon' } }, 'steps.two-days', 'not-a-duration'],
    [{ delays: { 'two-days': '1min' } }, 'steps.two-days', 'delay-too-short'],
    [{ delays: { 'two-days': '61d' } }, 'steps.two-days', 'delay-too-long'],
    [{ delays: { hello: '1d' } }, 'delays.hello', 'unknown-step'],
    [{ emails: { 'welcome-9': {} } }, 'emails.welcome-9', 'unknown-email'],
    [{ delays: 7 }, 'delays', 'malformed'],
  ])('refuse %j at its field', (input, path, code) => {
    const parsed = parseOverlay(welcome, input, NOW);
    expect(parsed).toMatchObject({ ok: false, errors: [{ path, code }] });
  });

  it('are nothing when there are none', () => {
    expect(withOverlay(welcome, {})).toEqual(welcome);
    expect(parseOverlay(welcome, undefined)).toMatchObject({ ok: true });
  });
});

describe('the owner’s own tree', () => {
  const [hello, ...rest] = welcome.steps;
  if (hello?.kind !== 'email') throw new Error('A welcome begins with an e-mail');
  const { urgency, ...written } = hello;
  const wait = (id: string) => ({ kind: 'wait', id, duration: '2h' });
  const own = { kind: 'email', id: 'own-abcdef1', email: 'own-mail001', expiresAfter: '1d' };
  const emails = { 'own-mail001': { key: 'own-mail001' } };
  const bare = (steps: readonly Step[]) =>
    steps.map((step) => JSON.parse(JSON.stringify({ ...step, urgency: undefined })));
  const accepted = (steps: unknown[], more: object = {}) => {
    const parsed = parseOverlay(welcome, { steps, ...more }, NOW);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return withOverlay(welcome, parsed.overlay);
  };

  it('is the scenario, with e-mails of its own', () => {
    const edited = accepted([written, ...bare(rest), wait('own-abcdef2'), own], { emails });
    expect(edited.steps.at(-1)).toEqual(own);
    expect(emailSteps(edited).map(({ email }) => email)).toEqual([
      'welcome-1',
      'welcome-2',
      'welcome-3',
      'own-mail001',
    ]);
    expect(edited.steps[0]).toEqual({ ...written, urgency });
  });

  it('leaves the exemption to an e-mail only while it is the first and comes at once', () => {
    expect(accepted([wait('own-abcdef2'), written, ...bare(rest)]).steps[1]).toEqual(written);
    expect(accepted([own, wait('own-abcdef2'), written, ...bare(rest)], { emails }).steps[2]).toEqual(written);
  });

  it.each<[string, unknown[], object, string]>([
    ['an id twice', [written, wait('own-abcdef1'), own], { emails }, 'steps malformed'],
    ['an id that is nobody’s', [wait('mine'), written], {}, 'steps malformed'],
    ['a known id that stands for something else', [wait('hello'), own], { emails }, 'steps malformed'],
    ['a known step with another e-mail', [{ ...written, email: 'welcome-2' }], {}, 'steps malformed'],
    ['an exemption the owner gives', [hello], {}, 'steps malformed'],
    ['a step with no e-mail to send', [own], {}, 'emails.own-mail001 unknown-email'],
    ['an e-mail that no step sends', [written], { emails }, 'emails.own-mail001 unknown-email'],
    [
      'no duration',
      [written, { ...wait('own-abcdef2'), duration: 'soon' }, own],
      { emails },
      'steps.own-abcdef2 not-a-duration',
    ],
    ['what the rules refuse', [written, own], { emails }, 'steps.own-abcdef1 two-emails'],
  ])('is refused for %s', (_, steps, more, expected) => {
    const parsed = parseOverlay(welcome, { steps, ...more }, NOW);
    if (parsed.ok) throw new Error('It was taken');
    expect(parsed.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([expected]);
  });

  it('is read again though a rule became stricter since', () => {
    expect(parseOverlay(welcome, { steps: [written, own], emails }).ok).toBe(true);
  });

  it('begins a new version where its structure is a new one, and only there', () => {
    const before = welcome;
    const version = (steps: unknown[], now = before) =>
      versionFor(welcome, accepted(steps, { emails }).steps, { before: now, highest: 1004 });
    const longer = [written, wait('own-abcdef2'), own];
    expect(version(longer)).toBe(1005);
    const mine = { ...accepted(longer, { emails }), version: 1002 };
    expect(version([{ ...written, expiresAfter: '2d' }, { ...wait('own-abcdef2'), duration: '3h' }, own], mine)).toBe(
      1002,
    );
    expect(versionFor(welcome, welcome.steps, { before: mine, highest: 1004 })).toBe(welcome.version);
  });
});

describe('every prebuilt scenario', () => {
  it('has an e-mail for each e-mail step, and steps with ids of their own', () => {
    for (const scenario of SCENARIOS) {
      const ids = allSteps(scenario.steps).map((step) => step.id);
      expect(new Set(ids).size).toBe(ids.length);
      const keys = PREBUILT_EMAILS[scenario.key].map((email) => email.key);
      expect(emailSteps(scenario).map((step) => step.email)).toEqual(keys);
    }
  });
});
