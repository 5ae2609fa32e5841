import { describe, expect, it } from 'vitest';
import { allSteps, emailSteps } from '../domain/scenario';
import { CATALOGUE, SCENARIOS } from './catalogue';
import { PREBUILT_EMAILS } from './emails';
import { parseOverlay, withOverlay } from './overlay';

const { welcome } = CATALOGUE;

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
    [{ delays: { 'two-days': 'soon' } }, 'delays.two-days', 'not-a-duration'],
    [{ delays: { 'two-days': '1min' } }, 'delays.two-days', 'delay-too-short'],
    [{ delays: { 'two-days': '90d' } }, 'delays.two-days', 'delay-too-long'],
    [{ delays: { hello: '1d' } }, 'delays.hello', 'unknown-step'],
    [{ emails: { 'welcome-9': {} } }, 'emails.welcome-9', 'unknown-email'],
    [{ delays: 7 }, 'delays', 'malformed'],
  ])('refuse %j at its field', (input, path, code) => {
    const parsed = parseOverlay(welcome, input);
    expect(parsed).toMatchObject({ ok: false, errors: [{ path, code }] });
  });

  it('are nothing when there are none', () => {
    expect(withOverlay(welcome, {})).toEqual(welcome);
    expect(parseOverlay(welcome, undefined)).toMatchObject({ ok: true });
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
