import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error';

describe('an error in the log', () => {
  it('never repeats the parameters of a query', () => {
    const error = new DrizzleQueryError(
      'insert into sessions values ($1)',
      ['shpat_secret', 'zoe@example.com'],
      new Error('not null violated'),
    );
    const told = describeError(error);
    expect(told).toContain('not null violated');
    expect(told).toContain('at ');
    expect(told).not.toMatch(/shpat_secret|zoe@example/);
  });

  it('tells where any other error came from', () => {
    expect(describeError(new Error('gone'))).toMatch(/gone[\s\S]*describe-error\.test/);
    expect(describeError('text with zoe@example.com')).toBe('string');
  });
});
