import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { HallPage } from '@/features/bid/hall-page';
import { render, screen, waitFor } from '@/testing/render';
import { answer, server, type Seen } from '@/testing/server';

import type { HallRow } from './status';

const row: HallRow = {
  need_id: 'n1',
  number: 'RZ2026000001',
  title: '扩产流动资金',
  enterprise_name: '星垣智能',
  area_name: '北塔区',
  purpose: '采购',
  amount: '4000000.00',
  term_months: 12,
  method: 'bullet',
  rate_ceiling: '4.50',
  asset_count: 1,
  opened_at: '2026-03-02T04:00:00Z',
  closes_at: '2026-03-09T09:30:00Z',
  working_days_left: 3,
  product_id: 'p1',
  product_name: '知产易贷',
  own_bid_status: '',
  verdict: {
    fits: false,
    near_miss: true,
    score: 0,
    score_parts: { rate: 0, amount: 0, ltv: 0, region: 0, method: 0 },
    reasons: [
      {
        code: 'AMT_HI',
        text: '金额超过产品上限',
        needed: '不超过 3,000,000.00 元',
        actual: '4,000,000.00 元',
      },
    ],
  },
};

describe('the hall of open needs', () => {
  it('says why a product does not fit, and asks the server for near misses only', async () => {
    const seen: Seen[] = [];
    server.use(
      answer('get', '/hall', { items: [row], next_cursor: '', total: 1, total_exact: true }, seen),
      answer('get', '/areas', { items: [] }),
    );
    render(<HallPage />, { path: '/console/hall' });
    expect(await screen.findByText('金额超过产品上限')).toBeInTheDocument();
    expect(
      screen.getByText('要求：不超过 3,000,000.00 元；实际：4,000,000.00 元'),
    ).toBeInTheDocument();
    expect(screen.queryByText('AMT_HI')).not.toBeInTheDocument();

    await userEvent.click(screen.getByText('仅差一项', { selector: '.ant-segmented-item-label' }));
    await waitFor(() => expect(seen.at(-1)?.url.searchParams.get('fit')).toBe('near'));
  });
});
