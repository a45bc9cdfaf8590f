import { expect, test } from 'vitest';

import { render, screen } from '@/testing/render';

import { CountLink, FigureLink } from './figure-link';

const link = '/console/indicators/rows?figure=npl';

test('a figure opens its rows', () => {
  render(<FigureLink label="不良余额" value={{ amount: '287833.33', link }} />);
  expect(screen.getByRole('link', { name: '不良余额的明细' })).toHaveAttribute('href', link);
});

test('nothing known is a dash and no link, never 0', () => {
  render(
    <>
      <FigureLink label="不良余额" value={{ link }} />
      <CountLink label="笔数" value={{ link }} />
    </>,
  );
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getByText('——')).toBeInTheDocument();
});
