import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../scenarios/catalogue';
import { isStepError, type StepRules, stepProblems, type WrittenStep } from './step-rules';

const wait = (id: string, duration = '1d'): WrittenStep => ({ kind: 'wait', id, duration });
const email = (id: string, rest: Partial<Extract<WrittenStep, { kind: 'email' }>> = {}): WrittenStep => ({
  ...{ kind: 'email', id, email: id, expiresAfter: '1d' },
  ...rest,
});
const check = (id: string, otherwise: WrittenStep[] = []): WrittenStep => ({
  ...{ kind: 'check', id, condition: 'first-time' },
  otherwise,
});
const rules: StepRules = { trigger: 'consent-given', hasOffer: true };
const told = (steps: WrittenStep[], more: Partial<StepRules> = {}) =>
  stepProblems(steps, { ...rules, ...more }).map(({ step, code }) => `${step}: ${code}`);

describe('the rules of a scenario’s steps', () => {
  it('are obeyed by every prebuilt scenario', () => {
    for (const { steps, trigger, offer } of SCENARIOS) {
      expect(stepProblems(steps, { trigger: trigger.on, hasOffer: Boolean(offer) })).toEqual([]);
    }
  });

  it.each<[string, WrittenStep[], string[]]>([
    ['no e-mail', [], ['null: no-email']],
    ['two e-mails at once', [email('a'), email('b')], ['b: two-emails']],
    [
      'two e-mails at once by way of a branch',
      [email('a'), check('c', [email('b')]), wait('w'), email('d')],
      ['b: two-emails'],
    ],
    [
      'a wait with nothing after it',
      [email('a'), wait('w'), check('c')],
      ['w: wait-at-end', 'c: check-decides-nothing'],
    ],
    [
      'a check that leads nowhere either way',
      [email('a'), check('c', [wait('w')])],
      ['c: check-decides-nothing', 'w: wait-at-end'],
    ],
    ['what is no delay', [wait('w', 'soon'), email('a')], ['w: not-a-duration']],
    ['a delay that is too short', [wait('w', '5min'), email('a')], ['w: delay-too-short']],
    ['a delay that is too long', [email('a'), wait('w', '61d'), email('b')], ['w: delay-too-long']],
    ['a first e-mail long after the start', [wait('w', '8d'), email('a')], ['a: first-too-late']],
    ['an e-mail that expires at once', [email('a', { expiresAfter: '10min' })], ['a: expiry-out-of-range']],
    ['an expiry that is none', [email('a', { expiresAfter: 'h' })], ['a: expiry-not-a-duration']],
    [
      'a branch in a branch in a branch',
      [check('1', [check('2', [check('3', [email('a')]), wait('w'), email('b')]), email('c')]), email('d')],
      ['3: too-deep'],
    ],
    [
      'a wait for the end of a code nobody was given',
      [email('a'), { kind: 'wait', id: 'w', duration: '3d', before: { event: 'code-end', at: 540 } }, email('b')],
      ['w: no-code-before'],
    ],
    [
      'more steps than a person can follow',
      Array.from({ length: 11 }, (_, n) => [wait(`w${n}`), email(`e${n}`)]).flat(),
      ['null: too-many-steps'],
    ],
  ])('name %s', (_, steps, expected) => {
    expect(told(steps)).toEqual(expected);
  });

  it('hold each scenario to what it is about', () => {
    expect(told([email('a')], { trigger: 'checkout-left' })).toEqual(['a: wait-first']);
    expect(told([wait('w', '1d'), email('a')], { trigger: 'birthday' })).toEqual(['a: first-too-late']);
    const late = [wait('1', '20d'), email('a'), wait('2', '20d'), email('b')];
    expect(told(late, { trigger: 'checkout-left' })).toEqual(['a: first-too-late', 'b: too-late']);
    expect(told(late, { trigger: 'lapsed' })).toEqual([]);
  });

  it('count a wait in a branch for that branch alone', () => {
    expect(told([email('a'), check('c', [wait('w'), email('b')]), email('d')])).toEqual(['d: two-emails']);
  });

  it('only hint at what may be meant', () => {
    const steps = [email('a', { code: { required: true } })];
    const problems = stepProblems(steps, { ...rules, hasOffer: false });
    expect(problems).toEqual([{ step: 'a', code: 'email-needs-offer' }]);
    expect(problems.some(isStepError)).toBe(false);
    expect(told(steps)).toEqual([]);
  });
});
