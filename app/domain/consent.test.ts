import { describe, expect, it } from 'vitest';
import { checkoutRuleFor, checkoutRules } from './consent';

describe('the ground of a cart reminder by country', () => {
  it('follows the table until the owner is stricter', () => {
    expect(checkoutRuleFor('US', { checkoutCountries: {} })).toBe('anyone');
    expect(checkoutRuleFor('us', { checkoutCountries: { US: 'earlier-buyer' } })).toBe('earlier-buyer');
    expect(checkoutRuleFor('FR', { checkoutCountries: { FR: 'never' } })).toBe('never');
  });

  it('is never wider than the table, whatever is stored', () => {
    expect(checkoutRuleFor('FR', { checkoutCountries: { FR: 'anyone' } })).toBe('earlier-buyer');
    expect(checkoutRuleFor(null, { checkoutCountries: { else: 'anyone' } })).toBe('earlier-buyer');
  });

  it('takes “everywhere else” for countries without a row, and for people without a country', () => {
    const settings = { checkoutCountries: { else: 'never', CH: 'earlier-buyer' } } as const;
    expect(checkoutRuleFor('NO', settings)).toBe('never');
    expect(checkoutRuleFor(null, settings)).toBe('never');
    expect(checkoutRuleFor('CH', settings)).toBe('earlier-buyer');
    expect(checkoutRuleFor('US', settings)).toBe('anyone');
  });

  it('says the same as lists', () => {
    const settings = { checkoutCountries: { else: 'never', CH: 'earlier-buyer', US: 'never' } } as const;
    const { countries, elsewhere } = checkoutRules(settings);
    expect(elsewhere).toBe('never');
    for (const [country, rule] of Object.entries(countries)) expect(checkoutRuleFor(country, settings)).toBe(rule);
    expect(countries).toMatchObject({ CH: 'earlier-buyer', US: 'never', FR: 'earlier-buyer' });
  });
});
