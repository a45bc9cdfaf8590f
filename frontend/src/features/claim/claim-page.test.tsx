import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';

import { render, screen, waitFor } from '@/testing/render';
import { answer, server, type Seen } from '@/testing/server';

import { ClaimPage } from './claim-page';
import type { Claim } from './status';

function claim(change: Partial<Claim> = {}): Claim {
  return {
    id: 'c-1',
    number: 'BC2026000001',
    status: 'submitted',
    status_reason: '',
    version: 4,
    created_at: '2026-06-01T02:00:00Z',
    submitted_at: '2026-06-01T03:00:00Z',
    enrolment_id: 'e-1',
    enrolment_number: 'BA2026000001',
    fund_id: 'f-1',
    fund_name: '市级基金',
    loan_id: 'l-1',
    loan_number: 'DK2026000001',
    bank_id: 'b-1',
    bank_name: '邵阳资江银行',
    borrower_id: 'o-1',
    borrower_name: '星垣智能',
    area_name: '双清区',
    outstanding: '1000000.00',
    eligible_loss: '1000000.00',
    asked: '450000.00',
    paid: '0.00',
    unpaid: '0.00',
    days_past_due: 97,
    step_due_on: '2026-06-08',
    days_left: 5,
    provisional: false,
    available_actions: ['accept', 'correct', 'refuse'],
    policy_id: 'p-1',
    policy_number: 'ZD2024000001',
    recovered_before: '0.00',
    litigation_kind: 'litigation',
    litigation_no: '（2026）湘0502民初88号',
    report: '停产',
    recovery_plan: '处置专利',
    computation: {
      facts: {} as Claim['computation']['facts'],
      lines: [
        {
          key: 'eligible_loss',
          label: '合格损失',
          formula: '1,000,000.00 元 − 0.00 元，不小于 0',
          amount: '1000000.00',
        },
        { key: 'fund_pay', label: '基金最多可补偿', formula: '取小', amount: '450000.00' },
      ],
      parts: [
        {
          seat: 'fund',
          name: '风险补偿基金',
          share: '45.00',
          gross: '450000.00',
          bears: '450000.00',
        },
        { seat: 'bank', name: '银行', share: '55.00', gross: '550000.00', bears: '550000.00' },
      ],
      eligible_loss: '1000000.00',
      gross_fund: '450000.00',
      fund_pay: '450000.00',
      limited_by: '',
    },
    checklist: [
      { kind: 'claim_report', text: '补偿申请表', given: true },
      { kind: 'filing_receipt', text: '备案回执', given: false },
    ],
    experts_wanted: 0,
    experts: [],
    reviews: [],
    publicities: [],
    objections: [],
    payouts: [],
    pay_blocked: '',
    payment_failures: [],
    clawback_amount: '0.00',
    clawed_back: '0.00',
    recovery_number: '',
    documents: [],
    timeline: [],
    ...change,
  };
}

const show = () =>
  render(<ClaimPage />, { path: '/console/claims/:id', at: '/console/claims/c-1' });

it('shows the working line by line and what is still missing', async () => {
  server.use(answer('get', '/claims/{id}', claim()));
  show();
  expect(await screen.findByText('合格损失')).toBeInTheDocument();
  expect(screen.getByText('1,000,000.00 元 − 0.00 元，不小于 0')).toBeInTheDocument();
  expect(screen.getByText('还缺 1 项材料')).toBeInTheDocument();
  expect(screen.getByText('未核准')).toBeInTheDocument();
});

it('offers exactly what the server allows and sends the version seen', async () => {
  const seen: Seen[] = [];
  server.use(
    answer('get', '/claims/{id}', claim()),
    answer('post', '/claims/{id}/correct', claim({ status: 'correction' }), seen),
  );
  show();
  fireEvent.click(await screen.findByRole('button', { name: '要求补正' }));
  expect(screen.queryByRole('button', { name: '核准' })).not.toBeInTheDocument();
  fireEvent.change(await screen.findByRole('textbox', { name: /需要补正的内容/ }), {
    target: { value: '缺备案回执' },
  });
  const buttons = screen.getAllByRole('button', { name: '要求补正' });
  fireEvent.click(buttons[buttons.length - 1] as HTMLElement);
  await waitFor(() => expect(seen).toHaveLength(1));
  expect(seen[0]?.body).toEqual({ reason: '缺备案回执' });
  expect(seen[0]?.headers.get('If-Match')).toBe('4');
});

it('fills in what is left to pay', async () => {
  server.use(
    answer(
      'get',
      '/claims/{id}',
      claim({
        status: 'partly_paid',
        approved: '450000.00',
        paid: '300000.00',
        unpaid: '150000.00',
        available_actions: ['pay'],
      }),
    ),
  );
  show();
  fireEvent.click(await screen.findByRole('button', { name: '登记拨付' }));
  expect(await screen.findByLabelText('拨付金额')).toHaveValue('150,000.00');
});

it('says why nothing can be paid, and what the bank sent back', async () => {
  server.use(
    answer(
      'get',
      '/claims/{id}',
      claim({
        status: 'approved',
        approved: '450000.00',
        unpaid: '450000.00',
        pay_room: '0.00',
        pay_blocked: '托管账户余额为 0.00 元，暂不能拨付；资金到位后按核准先后拨付',
        payment_failures: [
          {
            id: 'f-1',
            amount: '450000.00',
            reason: '户名不符',
            failed_on: '2026-06-10',
            reported_name: '赵经办',
            reported_at: '2026-06-10T02:00:00Z',
          },
        ],
      }),
    ),
  );
  render(<ClaimPage />, { path: '/console/claims/:id', at: '/console/claims/c-1?tab=payouts' });
  expect(await screen.findByText('暂不能拨付')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '登记拨付' })).not.toBeInTheDocument();
  expect(await screen.findByText('户名不符')).toBeInTheDocument();
});
