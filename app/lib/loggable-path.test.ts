import { describe, expect, it } from 'vitest';
import { loggablePath } from './loggable-path';

describe('a path in the log', () => {
  it.each([
    '/unsubscribe/MTow.c2VjcmV0',
    '/Preferences/MTow.c2VjcmV0',
    '//unsubscribe//MTow.c2VjcmV0/more',
    '/preview/MTow.c2VjcmV0/mail',
  ])('tells nothing of the token in %s', (path) => {
    expect(loggablePath(path)).toMatch(/^\/+(unsubscribe|preferences|preview)\/+…$/i);
  });

  it.each(['/', '/app/customers/7', '/unsubscribe', '/preferences/', '/webhooks/shopify'])('keeps %s', (path) => {
    expect(loggablePath(path)).toBe(path);
  });
});
