import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { render, screen } from '@/testing/render';
import { answer, server } from '@/testing/server';

import { ReconciliationPage } from './reconciliation-page';

const id = '00000000-0000-7000-8000-000000000001';
const state = {
  custody: 'main',
  custodies: ['main'],
  through: '2026-09-30',
  ledger_balance: '1000990.00',
  bank_balance: '1001078.00',
  bank_on: '2026-09-30',
  bank_unmatched: '88.00',
  book_unmatched: '0.00',
  matched: 3,
  open_lines: 1,
  open_moves: 0,
  lines: [
    {
      id,
      line: 7,
      booked_on: '2026-09-20',
      amount: '88.00',
      reference: 'B004',
      counterparty: '不明',
      narrative: '来款',
      explained: '',
      suggestions: [],
    },
  ],
  moves: [],
  settled: false,
};

describe('银行对账', () => {
  it('shows what is open and lets the treasurer explain, but not match one side alone', async () => {
    server.use(
      answer('get', '/ledger/books/{id}/reconciliation', state),
      answer('get', '/ledger/books/{id}/bank-statements', { items: [] }),
      answer('get', '/ledger/books/{id}/bank-columns', { date: '交易日期', amount: '金额' }),
    );
    render(<ReconciliationPage />, {
      path: '/console/ledger/:id/reconciliation',
      at: `/console/ledger/${id}/reconciliation`,
      session: { permissions: ['ledger:read', 'ledger:reconcile'] },
    });
    expect(await screen.findByText('还有 1 笔银行流水、0 笔账面变动未对平')).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('checkbox', { name: '2026-09-20' }));
    expect(screen.getByRole('button', { name: '说明未达' })).toBeEnabled();
    expect(screen.getByRole('button', { name: '人工勾对' })).toBeDisabled();
  });
});
