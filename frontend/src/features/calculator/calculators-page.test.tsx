import { fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { render, screen } from '@/testing/render';
import { answer, refuse, server } from '@/testing/server';

import { CalculatorsPage } from './calculators-page';

describe('CalculatorsPage', () => {
  it('shows a schedule as the server worked it out', async () => {
    server.use(
      answer('post', '/calculators/repayment-schedule', {
        instalments: [
          {
            number: 1,
            from: '2026-01-15',
            due_on: '2026-12-15',
            days: 334,
            payment: '516700.00',
            principal: '500000.00',
            interest: '16700.00',
            balance: '0.00',
          },
        ],
        total_interest: '16700.00',
        total_payment: '516700.00',
        effective_annual_rate_365: '3.65',
      }),
    );
    render(<CalculatorsPage />, { path: '/calculators', at: '/calculators' });
    fireEvent.change(await screen.findByLabelText('本金'), { target: { value: '500000' } });
    fireEvent.change(screen.getByLabelText('年利率'), { target: { value: '3.6' } });
    fireEvent.click(screen.getByText(/计\s*算/, { selector: 'button span' }));
    expect(await screen.findByText('第 1 期', {}, { timeout: 8000 })).toBeInTheDocument();
    expect(screen.getByText('3.65%')).toBeInTheDocument();
  });

  it('puts a refusal at its field', async () => {
    server.use(
      refuse('post', '/calculators/repayment-schedule', 422, {
        code: 'term_out_of_range',
        detail: '期限应在 1 到 600 个月之间',
        errors: [
          {
            field: 'term_months',
            code: 'term_out_of_range',
            message: '期限应在 1 到 600 个月之间',
          },
        ],
      }),
    );
    render(<CalculatorsPage />, { path: '/calculators', at: '/calculators' });
    fireEvent.change(await screen.findByLabelText('本金'), { target: { value: '1' } });
    fireEvent.change(screen.getByLabelText('年利率'), { target: { value: '3' } });
    fireEvent.click(screen.getByText(/计\s*算/, { selector: 'button span' }));
    expect(
      await screen.findByText('期限应在 1 到 600 个月之间', {}, { timeout: 8000 }),
    ).toBeInTheDocument();
  });
});
