import { render, screen } from '@/testing/render';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';

import { answer, server } from '@/testing/server';

import { ReportPage } from './report-page';

const preview = {
  title: 'R2质押融资汇总表',
  unit: '万元',
  period: '2026 年 11 月',
  scope: '全市，全部银行',
  maker: '周立行（市场监管局）',
  made_at: '2026-11-24T07:30:00Z',
  columns: ['县市区', '累计放款（万元）'],
  rows: [['双清区', '3588.00']],
  count: 1,
  total: ['合计', '3588.00'],
  notes: ['登记金额与放款金额口径不同，分列不相加。'],
};

const none = { link: '' };
const cockpit = {
  year: 2026,
  as_of: '2026-11-24',
  fund_name: '',
  funds: [],
  figures: {
    balance: none,
    committed: none,
    available: none,
    paid_in: none,
    paid: none,
    recovered: none,
    clawed_back: none,
    net_loss: none,
    enrolled: none,
    exposure: none,
    npl: none,
  },
  leverage: '',
  leverage_limit: 10,
  banks: [],
  areas: [],
  ageing: [],
  steps: [],
  years: [],
};

beforeEach(() =>
  server.use(
    answer('get', '/reports/preview', preview),
    answer('get', '/indicators/cockpit', cockpit),
  ),
);

test('shows the form with its head, its total and its note before it is downloaded', async () => {
  render(<ReportPage />, { path: '/console/reports', at: '/console/reports?form=r2&year=2026' });
  expect(await screen.findByRole('heading', { name: 'R2质押融资汇总表' })).toBeVisible();
  expect(screen.getByText('制表人：周立行（市场监管局）')).toBeVisible();
  expect(screen.getAllByText('3,588.00')).toHaveLength(2);
  expect(screen.getByText('注：登记金额与放款金额口径不同，分列不相加。')).toBeVisible();
});

test('asks only for what the form can be narrowed to', async () => {
  render(<ReportPage />, { path: '/console/reports', at: '/console/reports?form=r2&year=2026' });
  expect(await screen.findByLabelText('银行')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'R7 目标完成表' }));
  expect(screen.queryByLabelText('银行')).toBeNull();
  expect(screen.getByLabelText('年份')).toBeInTheDocument();
});
