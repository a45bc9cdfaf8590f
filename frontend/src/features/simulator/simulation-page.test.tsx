import { describe, expect, it } from 'vitest';

import type { Answer } from '@/api/types';
import { render, screen, within } from '@/testing/render';
import { answer, server } from '@/testing/server';

import { SimulationPage } from './simulation-page';
import { inputText, GROUPS } from './words';

type Simulation = Answer<'/simulations/{id}', 'get'>;

const simulation: Simulation = {
  id: '0190a0f0-0000-7000-8000-000000000001',
  number: 'MN2026000001',
  title: '基准',
  verdict: 'fails',
  annual_lending: '150000000.00',
  initial_fund: '20000000.00',
  default_rate: '3.00',
  horizon_years: 1,
  ruin_probability: '0.81',
  capital_95: '19270000.00',
  capital_99: '25556000.00',
  estimate: true,
  paths: 10000,
  seed: 7,
  maker_name: '周立行',
  org_name: '市场监管局',
  created_at: '2026-03-09T04:00:00Z',
  inputs: {
    annual_lending: '150000000.00',
    growth: '0.00',
    average_ticket: '3000000.00',
    average_term_months: 12,
    covered_share: '100.00',
    default_rate: '3.00',
    default_spread: '1.00',
    correlation: '12.00',
    recovery_rate: '30.00',
    recovery_delay_months: 18,
    fund_share: '45.00',
    leverage_multiple: 10,
    comp_cap_per_enterprise: '2250000.00',
    comp_cap_bank_year: '30.00',
    banks: 5,
    initial_fund: '20000000.00',
    initial_portfolio: '0.00',
    annual_contribution: '0.00',
    horizon_years: 1,
    paths: 10000,
    seed: 7,
  },
  result: {
    estimate: true,
    answer: '按所给假设，基金不能承载每年 15000 万元。',
    verdict: 'fails',
    ruin_probability: '0.81',
    ruin_error: '0.18',
    capital_95: '19270000.00',
    capital_99: '25556000.00',
    capital_leverage: '22000000.00',
    defaults: '7.5',
    fan: [
      {
        label: '起始',
        p5: '20000000.00',
        p25: '20000000.00',
        p50: '20000000.00',
        p75: '20000000.00',
        p95: '20000000.00',
      },
    ],
    years: [
      {
        label: '第 1 年',
        wanted: '150000000.00',
        lent: '120000000.00',
        lent_p5: '100000000.00',
        reached: '8.31',
        paid: '1000000.00',
        paid_p95: '3000000.00',
      },
    ],
    sensitivity: [],
    assumptions: ['每年新增贷款目标 150,000,000.00 元。'],
    elapsed_ms: 2000,
  },
};

describe('SimulationPage', () => {
  it('says that all is estimated, with the seed, the answer and what was assumed', async () => {
    server.use(answer('get', '/simulations/{id}', simulation));
    render(<SimulationPage />, { path: '/console/simulations/:id', at: '/console/simulations/1' });
    expect(await screen.findByRole('heading', { level: 1, name: /基准/ })).toBeInTheDocument();
    expect(screen.getByText(/种子 7。结果为估算，不进入账簿/)).toBeInTheDocument();
    expect(screen.getByText('按所给假设，基金不能承载每年 15000 万元。')).toBeInTheDocument();
    const list = screen.getByRole('list');
    expect(within(list).getByText(/每年新增贷款目标/)).toBeInTheDocument();
  });

  it('names every input', () => {
    const words = GROUPS.flatMap((group) => group.fields);
    expect(new Set(words.map((word) => word.field)).size).toBe(
      Object.keys(simulation.inputs).length,
    );
    expect(words.map((word) => inputText(simulation.inputs, word))).toContain('18 个月');
  });
});
