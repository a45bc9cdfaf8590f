import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { NeedPage } from '@/features/need/need-page';
import { render, screen, waitFor, within } from '@/testing/render';
import { answer, refuse, server, type Seen } from '@/testing/server';

import type { Bid, Comparison, Need } from './status';

const need: Need = {
  id: 'n1',
  number: 'RZ2026000001',
  enterprise_id: 'org-9',
  enterprise_name: '星垣智能',
  title: '扩产流动资金',
  amount: '3000000.00',
  term_months: 12,
  purpose: '采购原材料',
  purpose_kind: 'working_capital',
  method: 'bullet',
  rate_ceiling: '4.50',
  area_code: '430511',
  area_name: '北塔区',
  asset_count: 1,
  bid_days_wd: 5,
  opened_at: '2026-03-02T04:00:00Z',
  closes_at: '2026-03-09T09:30:00Z',
  working_days_left: 3,
  provisional: false,
  bids_sealed: true,
  status: 'open',
  status_reason: '',
  created_at: '2026-03-01T04:00:00Z',
  version: 4,
  available_actions: [],
  assets: [],
  timeline: [],
  documents: [],
};

function bid(id: string, bank: string, amount: string): Bid {
  return {
    id,
    number: `BJ${id}`,
    need_id: 'n1',
    need_number: need.number,
    need_title: need.title,
    enterprise_name: need.enterprise_name,
    bank_id: `bank-${id}`,
    bank_name: bank,
    product_name: '',
    amount,
    rate: '4.00',
    term_months: 12,
    method: 'bullet',
    fees: '0.00',
    ltv: '40.00',
    valid_until: '2026-04-10',
    spread_bp: 100,
    cost: {
      from: '2026-03-09',
      interest_total: '40000.00',
      fees: '0.00',
      total_cost: '40000.00',
      effective_annual_cost: '4.055556',
    },
    rank: 1,
    sealed: false,
    made_by_name: '',
    checked_by_name: '',
    status: 'submitted',
    status_reason: '',
    created_at: '2026-03-03T04:00:00Z',
    version: 2,
    available_actions: ['award'],
  };
}

const sealed: Comparison = { need_id: 'n1', sealed: true, amount: need.amount, items: [] };
const opened: Comparison = {
  ...sealed,
  sealed: false,
  left: need.amount,
  items: [bid('1', '资江银行', '2000000.00'), bid('2', '宝庆银行', '1500000.00')],
};

function open(shown: Need, comparison: Comparison, tab = 'bids') {
  server.use(answer('get', '/needs/{id}', shown), answer('get', '/needs/{id}/bids', comparison));
  return render(<NeedPage />, {
    path: '/console/needs/:id',
    at: `/console/needs/n1?tab=${tab}`,
    session: { permissions: ['need:read', 'bid:read', 'bid:award'] },
  });
}

describe('a need', () => {
  it('says while the window is open that nobody sees a bid, and shows none', async () => {
    open(need, sealed);
    expect(await screen.findByText(/密封报价中/)).toBeInTheDocument();
    expect(await screen.findByText('报价密封中')).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: '报价比选' })).toBeInTheDocument();
    expect(screen.queryByText('报价明细')).not.toBeInTheDocument();
  });

  it('sends the chosen bids with their amounts, and shows what the server refuses', async () => {
    const seen: Seen[] = [];
    open(
      {
        ...need,
        status: 'evaluating',
        bids_sealed: false,
        bid_count: 2,
        available_actions: ['award'],
      },
      opened,
    );
    await userEvent.click(await screen.findByRole('button', { name: '选定报价' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(await within(dialog).findByRole('checkbox', { name: '资江银行' }));
    await userEvent.click(within(dialog).getByRole('checkbox', { name: '宝庆银行' }));

    server.use(
      refuse('post', '/needs/{id}/award', 422, {
        code: 'award_above_bid',
        detail: '选定金额不能超过报价金额',
        errors: [
          {
            field: 'awards[1].amount',
            code: 'award_above_bid',
            message: '选定金额不能超过报价金额',
          },
        ],
      }),
    );
    await userEvent.click(within(dialog).getByRole('button', { name: '确认选定' }));
    expect(await within(dialog).findByText('选定金额不能超过报价金额')).toBeInTheDocument();

    server.use(answer('post', '/needs/{id}/award', opened, seen));
    await userEvent.click(within(dialog).getByRole('button', { name: '确认选定' }));
    await waitFor(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.body).toEqual({
      awards: [
        { bid_id: '1', amount: '2000000.00' },
        { bid_id: '2', amount: '1500000.00' },
      ],
    });
    expect(seen[0]?.headers.get('If-Match')).toBe('4');
  }, 60_000);
});
