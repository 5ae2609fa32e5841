import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type MessageNature, messageIdOf } from './message-id';

const NATURE: MessageNature = { shopId: 3, scenario: 'welcome', customerId: '77', occurrence: 'once', step: 'hello' };

describe('the id of a message', () => {
  it('is the same for the same e-mail, and a UUID', () => {
    expect(messageIdOf({ ...NATURE })).toBe(messageIdOf(NATURE));
    expect(z.uuid().safeParse(messageIdOf(NATURE)).success).toBe(true);
    expect(messageIdOf(NATURE).charAt(14)).toBe('8');
  });

  it('is another for any other e-mail, however its parts are put together', () => {
    const others: Partial<MessageNature>[] = [
      { shopId: 33 },
      { scenario: 'vip' },
      { customerId: '7' },
      { customerId: '77,once', occurrence: '' },
      { occurrence: '2' },
      { step: 'story' },
    ];
    const ids = [NATURE, ...others.map((other) => ({ ...NATURE, ...other }))].map(messageIdOf);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
