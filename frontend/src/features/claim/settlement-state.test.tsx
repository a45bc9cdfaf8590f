import { expect, it } from 'vitest';

import type { Answer } from '@/api/types';
import { render, screen } from '@/testing/render';

import { SettlementState } from './settlement-state';

type Settlement = Answer<'/settlements', 'get'>;

const year = (change: Partial<Settlement>): Settlement => ({
  year: 2026,
  due_on: '2027-01-31',
  funds: [],
  banks: [],
  available_actions: [],
  ...change,
});

it('counts what a year is overdue and lets the manager settle it', async () => {
  render(<SettlementState settlement={year({ days_left: -3, available_actions: ['settle'] })} />);
  expect(await screen.findByText('2027-01-31')).toBeInTheDocument();
  expect(screen.getByText(/已超期 3 个工作日/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: '提交年度清算' })).toBeInTheDocument();
});

it('says who settled it, and that the books moved since', async () => {
  const signed = {
    prepared_name: '孙初审',
    checked_name: '吴复核',
    settled_at: '2027-01-18T02:00:00Z',
    changed: true,
  };
  render(<SettlementState settlement={year({ signed })} />);
  expect(await screen.findByText(/孙初审 经办，吴复核/)).toBeInTheDocument();
  expect(screen.getByText('清算之后账簿有归属该年度的变动')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '提交年度清算' })).not.toBeInTheDocument();
});
