import { describe, expect, it } from 'vitest';

import { completeWorkings, scoresOf } from './workings';

describe('completeWorkings', () => {
  const income = {
    variant: 'revenue_share' as const,
    share: '3.5',
    discount: { risk_free: '1.72' },
    years: [{ income: '8000000.00', decay: '90', charge: '1.00' }, {}, undefined],
  };

  it('leaves out years without income and what the variant does not use', () => {
    const out = completeWorkings({ income }, ['income']);
    expect(out.income?.years).toEqual([{ income: '8000000.00', decay: '90' }]);
    expect(out.income?.discount.market).toBe('0');
  });

  it('leaves out a method that is not chosen or not filled in', () => {
    expect(completeWorkings({ income, cost: { research: '1.00' } }, ['cost'])).toEqual({
      cost: { research: '1.00', filing: '0', upkeep: '0', profit: '0', obsolescence: '0' },
    });
    expect(completeWorkings({ income: { ...income, share: undefined } }, ['income'])).toEqual({});
    expect(completeWorkings({ market: { comparables: [{}] } }, ['market'])).toEqual({});
  });

  it('keeps amounts as the strings they are', () => {
    const out = completeWorkings(
      { market: { comparables: [{ name: '甲', price: '0.10', adjustments: ['105', undefined] }] } },
      ['market'],
    );
    expect(out.market?.comparables[0]).toEqual({ name: '甲', price: '0.10', adjustments: ['105'] });
  });
});

describe('scoresOf', () => {
  it('sends only the rights on which somebody scored', () => {
    expect(scoresOf({ scores: { a: { L11: '7.5' }, b: { L11: undefined } } })).toEqual({
      a: { L11: '7.5' },
    });
    expect(scoresOf({ scores: { b: {} } })).toBeUndefined();
  });
});
