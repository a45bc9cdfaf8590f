import { describe, expect, it } from 'vitest';

import { render, screen, within } from '@/testing/render';

import { ComputationView } from './computation-view';

const computation = {
  kind: 'interest' as const,
  amount: '40536.99',
  binding: 'computed' as const,
  policy_text: '贷款贴息：按1年期LPR的 60% 贴息。',
  bounds: [
    { code: 'computed' as const, label: '按政策测算', amount: '40536.99', note: '' },
    { code: 'paid' as const, label: '实际支付', amount: '90000.00', note: '' },
    {
      code: 'cap' as const,
      label: '单户年度上限余额',
      amount: '200000.00',
      note: '上限 200,000.00 元',
    },
    { code: 'budget' as const, label: '征集预算余额', amount: '300000.00', note: '' },
  ],
  lines: [{ label: '贴息比例', value: '60%' }],
  periods: [
    {
      number: 2,
      from: '2025-04-01',
      to: '2025-07-01',
      days: 91,
      balance: '3000000.00',
      interest: '0.00',
      counted: false,
      note: '应于 2025-07-01 付清，实际 2025-07-02，不予贴息',
    },
  ],
};

describe('ComputationView', () => {
  it('shows the amount, the four bounds and which one binds', () => {
    render(<ComputationView computation={computation} />);
    expect(screen.getByText(/由“按政策测算”决定/)).toBeInTheDocument();
    const bounds = within(screen.getByRole('list', { name: '四项上限' })).getAllByRole('listitem');
    expect(bounds).toHaveLength(4);
    expect(bounds[1]).toHaveTextContent('实际支付90,000.00');
  });

  it('says why an interest period does not count', () => {
    render(<ComputationView computation={computation} />);
    expect(screen.getByText(/实际 2025-07-02，不予贴息/)).toBeInTheDocument();
  });
});
