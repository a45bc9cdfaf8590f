import { fireEvent } from '@testing-library/react';
import { expect, it } from 'vitest';

import type { Answer } from '@/api/types';
import { render, screen, waitFor } from '@/testing/render';
import { answer, refuse, server, type Seen } from '@/testing/server';

import { PublicityPage } from './publicity-page';
import { sha256 } from './sha256';

type Notice = Answer<'/portal/publicity/{id}', 'get'>;

function notice(change: Partial<Notice> = {}): Notice {
  return {
    id: 'p-1',
    claim_number: 'BC2026000001',
    round: 1,
    title: '关于拟对星垣智能予以补偿的公示',
    basis: '初始政策（ZD2024000001）',
    content: '拟补偿邵阳资江银行 450,000.00 元。',
    amount: '450000.00',
    contact: '0739-5300000',
    how_to_object: '公示期内可以提出异议。',
    issuer_name: '邵阳市市场监督管理局',
    from_on: '2026-06-01',
    until_on: '2026-06-08',
    days_left: 5,
    open: true,
    outcome: '',
    sha256: 'ab'.repeat(32),
    published_at: '2026-06-01T02:00:00Z',
    ...change,
  };
}

const show = () => render(<PublicityPage />, { path: '/publicity/:id', at: '/publicity/p-1' });

it('takes an objection and gives its receipt', async () => {
  const seen: Seen[] = [];
  server.use(
    answer('get', '/portal/publicity/{id}', notice()),
    answer(
      'post',
      '/portal/publicity/{id}/objections',
      {
        receipt_no: 'YY2026000001',
        raised_at: '2026-06-02T02:00:00Z',
        due_on: '2026-06-16',
        answered: false,
        answer: '',
      },
      seen,
    ),
  );
  show();
  fireEvent.change(await screen.findByLabelText('姓名或单位名称'), { target: { value: '刘某' } });
  fireEvent.change(screen.getByLabelText('联系电话或邮箱'), { target: { value: '13800001234' } });
  fireEvent.change(screen.getByLabelText('事实与理由'), {
    target: { value: '该企业仍在生产经营，请核查。' },
  });
  fireEvent.click(screen.getByRole('checkbox'));
  fireEvent.click(screen.getByRole('button', { name: '提交异议' }));
  expect(await screen.findByText(/回执号 YY2026000001/)).toBeInTheDocument();
  await waitFor(() => expect(seen).toHaveLength(1));
  expect(seen[0]?.body).toMatchObject({ name: '刘某', consent: true });
});

it('says how it ended and takes no objection any more', async () => {
  server.use(answer('get', '/portal/publicity/{id}', notice({ open: false, outcome: '已核准' })));
  show();
  expect(await screen.findByText('本次公示已结束：已核准')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: '提交异议' })).not.toBeInTheDocument();
});

it('shows that there is no such publicity', async () => {
  server.use(
    refuse('get', '/portal/publicity/{id}', 404, {
      code: 'publicity_not_found',
      detail: '没有这项公示',
    }),
  );
  show();
  expect(await screen.findByText('没有这项公示')).toBeInTheDocument();
});

it('works the fingerprint out as the server does', async () => {
  expect(await sha256(new Blob(['abc']))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
