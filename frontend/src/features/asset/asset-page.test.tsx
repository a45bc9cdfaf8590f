import { describe, expect, it } from 'vitest';

import { render, screen } from '@/testing/render';
import { answer, server } from '@/testing/server';

import { AssetPage } from './asset-page';
import type { AssetDetail } from './status';

const asset: AssetDetail = {
  id: 'a1',
  number: 'ZC2026000001',
  kind: 'utility_model',
  kind_text: '实用新型专利',
  title: '一种夹具',
  right_no: 'ZL201820557176.0',
  mark_kind: '',
  enterprise_id: 'e1',
  enterprise_name: '邵阳市星垣智能装备有限公司',
  area_code: '430502',
  area_name: '双清区',
  filed_on: '2018-04-19',
  granted_on: '2019-01-08',
  expires_on: '2028-04-19',
  upkeep: {
    state: 'surcharge',
    patent_year: 9,
    due_on: '2026-04-19',
    last_on: '2026-10-19',
    fee: '2000.00',
    surcharge: '200.00',
    total: '2200.00',
  },
  invalidation_pending: false,
  open_alerts: 1,
  status: 'listed',
  status_reason: '',
  created_at: '2026-03-02T04:00:00Z',
  verified_at: '2026-03-02T04:00:00Z',
  version: 4,
  available_actions: ['record_upkeep'],
  ipc: '',
  expiry_note: '',
  divisional: false,
  registered_owner: '邵阳市星垣智能装备有限公司',
  co_owned: false,
  co_owners_consent: false,
  same_day_filing: false,
  preserved: false,
  acknowledged_risks: false,
  description: '',
  not_ready: '',
  prechecks: [{ code: 'P04', text: '年费已逾期', blocking: true }],
  bundle: [],
  fees: [{ patent_year: 9, due_on: '2026-04-19', fee: '2000.00', paid: false }],
  alerts: [],
  valuations: [],
  documents: [],
  timeline: [],
};

describe('AssetPage', () => {
  it('shows what is due and exactly the actions the server allows', async () => {
    server.use(answer('get', '/assets/{id}', asset));
    render(<AssetPage />, { path: '/console/assets/:id', at: '/console/assets/a1' });

    expect(await screen.findByRole('heading', { level: 1, name: '一种夹具' })).toBeVisible();
    expect(screen.getByRole('button', { name: '登记缴费' })).toBeVisible();
    expect(screen.queryByRole('button', { name: '上架融资' })).toBeNull();
    expect(screen.getByText('已逾期，可补办')).toBeVisible();
    expect(screen.getByText('出质预检（1）')).toBeVisible();
  });
});
