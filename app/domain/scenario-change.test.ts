import { expect, it } from 'vitest';
import { CATALOGUE } from '../scenarios/catalogue';
import type { ScenarioDefinition, Step } from './scenario';
import { changesBetween } from './scenario-change';

const { welcome, vip } = CATALOGUE;
const scenario = (steps: readonly Step[], more: Partial<ScenarioDefinition> = {}) => ({ ...welcome, steps, ...more });
const told = (definition: ScenarioDefinition, emails = {}, before = welcome) =>
  changesBetween({ definition: before, emails: {} }, { definition, emails });

it('tells nothing where nothing differs, whatever the order of the fields', () => {
  const shuffled = welcome.steps.map((step) => Object.fromEntries(Object.entries(step).reverse()) as unknown as Step);
  expect(told(scenario(shuffled))).toEqual([]);
});

it('tells what came, what went and what moved', () => {
  const [hello, wait, ...rest] = welcome.steps;
  if (!hello || !wait) throw new Error('A welcome has steps');
  const own: Step = { kind: 'wait', id: 'own-1', duration: '1d' };
  expect(told(scenario([hello, own, ...rest]))).toEqual([
    { what: 'steps-added', count: 1 },
    { what: 'steps-removed', count: 1 },
  ]);
  expect(told(scenario([wait, hello, ...rest]))).toEqual([{ what: 'steps-moved' }]);
});

it('tells a step that hangs from another branch as moved', () => {
  const [check, again] = vip.steps;
  if (check?.kind !== 'check' || !again || !check.otherwise) throw new Error('VIP begins with a check');
  const flat = { ...vip, steps: [{ ...check, otherwise: [] }, ...check.otherwise, again] };
  expect(told(flat, {}, vip)).toEqual([{ what: 'steps-moved' }]);
});

it('tells values by kind, texts by their e-mail, and the rest by name', () => {
  const steps = welcome.steps.map((step): Step => {
    if (step.kind === 'wait') return { ...step, duration: '5d' };
    if (step.kind === 'check') return step.id === 'no-order-yet' ? { ...step, condition: 'always' } : step;
    return step.email === 'welcome-3' ? { ...step, expiresAfter: '1d' } : step;
  });
  expect(told(scenario(steps, { offer: null }), { 'welcome-2': {}, 'gone-9': {} })).toEqual([
    { what: 'delays', count: 2 },
    { what: 'questions', count: 1 },
    { what: 'email-settings', count: 1 },
    { what: 'emails', numbers: [2] },
    { what: 'offer' },
  ]);
});
