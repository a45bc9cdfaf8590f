import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';

import type { Answer } from '@/api/types';
import { render, screen, waitFor } from '@/testing/render';
import { answer, server, type Seen } from '@/testing/server';

import { EnrolmentPage } from './enrolment-page';

type Enrolment = Answer<'/enrolments/{id}', 'get'>;

function enrolment(change: Partial<Enrolment> = {}): Enrolment {
  return {
    id: 'e-1',
    number: 'BA2026000001',
    status: 'draft',
    status_reason: '',
    version: 3,
    created_at: '2026-03-02T02:00:00Z',
    fund_id: 'f-1',
    fund_name: '市级基金',
    loan_id: 'l-1',
    loan_number: 'DK2026000001',
    bank_id: 'b-1',
    bank_name: '邵阳资江银行',
    borrower_id: 'o-1',
    borrower_name: '星垣智能',
    area_name: '双清区',
    principal: '1000000.00',
    ip_share: '100.00',
    covered_principal: '1000000.00',
    outstanding: '1000000.00',
    covered_outstanding: '1000000.00',
    exposure: '450000.00',
    disbursed_on: '2026-02-24',
    due_on: '2026-03-09',
    days_left: -1,
    provisional: false,
    late: true,
    late_permit: '',
    available_actions: ['edit', 'request_late', 'withdraw'],
    parties: [{ seat: 'fund', name: '市级基金', share: '45.00' }],
    clean_credit: true,
    note: '',
    late_reason: '',
    late_permit_reason: '',
    policy_id: 'p-1',
    policy_number: 'ZD2024000001',
    checks: [
      {
        code: 'filing_deadline',
        rule: '放款后 10 个工作日内备案',
        needed: '不晚于 2026-03-09',
        actual: '备案日 2026-03-10',
        passed: false,
      },
    ],
    checks_final: false,
    extensions: [],
    documents: [],
    timeline: [],
    ...change,
  };
}

it('offers what the server allows and sends the reason of a late filing', async () => {
  const sent: Seen[] = [];
  server.use(
    answer('get', '/enrolments/{id}', enrolment()),
    answer('post', '/enrolments/{id}/request-late', enrolment({ late_permit: 'requested' }), sent),
  );
  render(<EnrolmentPage />, { path: '/console/enrolments/:id', at: '/console/enrolments/e-1' });

  expect(await screen.findByRole('heading', { name: /星垣智能/ })).toBeInTheDocument();
  expect(screen.getByText('不晚于 2026-03-09')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '提交复核' })).toBeNull();

  fireEvent.click(screen.getByRole('button', { name: '申请逾期备案许可' }));
  fireEvent.change(await screen.findByLabelText('逾期的理由'), { target: { value: '系统升级' } });
  const confirm = [...screen.getByRole('dialog').querySelectorAll('button')].at(-1);
  if (confirm) fireEvent.click(confirm);
  await waitFor(() => expect(sent.map((each) => each.body)).toEqual([{ reason: '系统升级' }]));
  expect(sent[0]?.headers.get('If-Match')).toBe('3');
}, 20_000);

it('says why a loan was refused', async () => {
  server.use(
    answer(
      'get',
      '/enrolments/{id}',
      enrolment({
        status: 'refused',
        status_reason: '不符合：放款后 10 个工作日内备案',
        available_actions: [],
        checks_final: true,
      }),
    ),
  );
  render(<EnrolmentPage />, { path: '/console/enrolments/:id', at: '/console/enrolments/e-1' });

  expect(await screen.findByText('不予入库的原因')).toBeInTheDocument();
  expect(screen.getByText(/1 项条件中有 1 项不符合/)).toBeInTheDocument();
});

it('shows an extension that waits to be filed anew', async () => {
  server.use(
    answer(
      'get',
      '/enrolments/{id}',
      enrolment({
        status: 'enrolled',
        available_actions: ['refile'],
        checks_final: true,
        refiling: 'awaiting',
        refiling_due_on: '2027-03-09',
        extensions: [
          {
            covered_until: '2027-02-24',
            matures_on: '2027-08-24',
            extended_on: '2027-02-23',
            due_on: '2027-03-09',
            days_left: -2,
            status: 'awaiting',
            filed_by: '',
            late: true,
            note: '',
            late_reason: '',
            opinion: '',
            confirmed_by: '',
          },
        ],
      }),
    ),
  );
  render(<EnrolmentPage />, { path: '/console/enrolments/:id', at: '/console/enrolments/e-1' });

  expect(await screen.findByText('待重新备案')).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: '重新备案' }));
  expect(await screen.findByText(/基金只承保到/)).toBeInTheDocument();
  expect(screen.getByLabelText('逾期办理的理由')).toBeInTheDocument();
}, 20_000);
