import { expect, it } from 'vitest';

import { sharesText } from './shares';

it('names those with a share, in order', () => {
  expect(
    sharesText({
      fund: '45.00',
      bank: '45.00',
      guarantor: '0.00',
      insurer: '0.00',
      appraiser: '10.00',
    }),
  ).toBe('基金 45%，银行 45%，评估处置机构 10%');
});
