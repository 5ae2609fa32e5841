import { describe, expect, it } from 'vitest';
import { type DraftEmail, type DraftStep, everyStep } from './draft-steps';
import {
  inserted,
  moved,
  newCheck,
  newEmail,
  newWait,
  ownId,
  placeOf,
  withoutStep,
  withStep,
  withWaits,
} from './step-tree';

const wait = (id: string): DraftStep => ({ kind: 'wait', id, delay: { amount: '1', unit: 'd' } });
const email = (id: string): DraftEmail => ({ kind: 'email', id, email: id, expires: 'end-of-day' });
const check = (id: string, ...otherwise: DraftStep[]): DraftStep => ({
  ...{ kind: 'check', id, condition: 'first-time' },
  otherwise,
});

/** `a c(x y) b`: a check with what hangs from it in brackets. */
const drawn = (steps: readonly DraftStep[]): string =>
  steps.map((step) => (step.kind === 'check' ? `${step.id}(${drawn(step.otherwise)})` : step.id)).join(' ');

const tree = [email('a'), check('c', wait('x'), email('y')), wait('b')];

describe('a step', () => {
  it('is put anywhere, into a branch too', () => {
    expect(drawn(inserted(tree, { branch: null, index: 0 }, [wait('n')]))).toBe('n a c(x y) b');
    expect(drawn(inserted(tree, { branch: 'c', index: 1 }, [wait('n')]))).toBe('a c(x n y) b');
    expect(drawn(inserted([check('c', check('d'))], { branch: 'd', index: 0 }, [wait('n')]))).toBe('c(d(n))');
  });

  it('is changed and removed wherever it stands', () => {
    expect(withStep(tree, { ...email('y'), email: 'z' })[1]).toMatchObject({
      otherwise: [{ id: 'x' }, { email: 'z' }],
    });
    expect(drawn(withoutStep(tree, 'y'))).toBe('a c(x) b');
    expect(drawn(withoutStep(tree, 'c'))).toBe('a b');
  });

  it('moves through every place in reading order, and back the same way', () => {
    const way: string[] = [];
    let steps: DraftStep[] | null = [...tree];
    for (let now: DraftStep[] | null = steps; now; now = moved(now, 'a', 'down')) {
      way.push(drawn(now));
      steps = now;
    }
    expect(way).toEqual(['a c(x y) b', 'c(a x y) b', 'c(x a y) b', 'c(x y a) b', 'c(x y) a b', 'c(x y) b a']);
    const back: string[] = [];
    for (let now: DraftStep[] | null = steps; now; now = moved(now, 'a', 'up')) back.push(drawn(now));
    expect(back).toEqual(way.toReversed());
  });

  it('goes past a check that has no branch, and takes its own branch along', () => {
    expect(drawn(moved([email('a'), check('c'), email('b')], 'a', 'down') ?? [])).toBe('c() a b');
    expect(drawn(moved(tree, 'c', 'up') ?? [])).toBe('c(x y) a b');
  });

  it('never goes deeper than a person can follow', () => {
    const deep = [check('m', wait('w')), check('c', check('d', email('e')))];
    expect(drawn(moved(deep, 'm', 'down') ?? [])).toBe('c(m(w) d(e))');
    expect(drawn(moved(moved(deep, 'm', 'down') ?? [], 'm', 'down') ?? [])).toBe('c(d(e) m(w))');
  });

  it('of the owner’s own has an id nothing else has', () => {
    expect(new Set(Array.from({ length: 1000 }, ownId)).size).toBe(1000);
    expect([newWait(), newCheck(), newEmail('own-x', null)].every(({ id }) => /^own-[a-z0-9]{10}$/.test(id))).toBe(
      true,
    );
  });
});

it('a new e-mail comes with the waits that keep it apart from those beside it', () => {
  const kinds = (steps: DraftStep[], id: string) => {
    const place = placeOf(steps, id);
    return place && withWaits(steps, place, email('new')).map(({ kind }) => kind);
  };
  expect(kinds([email('a'), email('b')], 'b')).toEqual(['wait', 'email', 'wait']);
  expect(kinds([email('a'), wait('w'), email('b')], 'b')).toEqual(['email', 'wait']);
  expect(kinds([wait('w'), check('c'), wait('v')], 'c')).toEqual(['email']);
  expect(everyStep(tree).map(({ id }) => id)).toEqual(['a', 'c', 'x', 'y', 'b']);
});
