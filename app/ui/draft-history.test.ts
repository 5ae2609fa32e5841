import { expect, test } from 'vitest';
import { changed, redone, restated, startHistory, undone } from './draft-history';

const typed = (texts: [string, number][], place = 'subject') =>
  texts.reduce((history, [text, at]) => changed(history, text, { place, at }), startHistory('start'));

test('what is typed in one go is undone in one go, and a pause begins anew', () => {
  const history = typed([
    ['a', 0],
    ['ab', 300],
    ['abc', 600],
    ['abcd', 5000],
  ]);
  expect(undone(history).present).toBe('abc');
  expect(undone(undone(history)).present).toBe('start');
  expect(undone(undone(undone(history))).present).toBe('start');
});

test('another place begins anew, and a change that stands for itself always', () => {
  const elsewhere = changed(typed([['a', 0]]), 'b', { place: 'button', at: 10 });
  expect(undone(elsewhere).present).toBe('a');
  const removed = changed(changed(startHistory('start'), 'one', { place: null, at: 0 }), 'none', {
    place: null,
    at: 1,
  });
  expect(undone(removed).present).toBe('one');
});

test('what was undone comes back, until something else is changed', () => {
  const back = undone(
    typed([
      ['a', 0],
      ['b', 5000],
    ]),
  );
  expect(redone(back).present).toBe('b');
  expect(redone(redone(back)).present).toBe('b');
  expect(redone(changed(back, 'c', { place: null, at: 9000 })).present).toBe('c');
  // Typing on after an undo is a change of its own.
  expect(undone(changed(back, 'ac', { place: 'subject', at: 5100 })).present).toBe('a');
});

test('the server’s own wording is nothing to undo', () => {
  const history = restated(typed([['10,5', 0]]), '10.50');
  expect(history.present).toBe('10.50');
  expect(undone(history).present).toBe('start');
});
