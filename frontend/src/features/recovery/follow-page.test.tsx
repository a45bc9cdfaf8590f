import { expect, it } from 'vitest';

import { render, screen } from '@/testing/render';
import { answer, server } from '@/testing/server';

import { FollowPage } from './follow-page';

const show = () => render(<FollowPage />, { path: '/console/compensation' });

it('shows the firm what came back on its own loan, and no action', async () => {
  server.use(
    answer('get', '/claims/of-own-loans', {
      items: [
        {
          claim_number: 'BC2026000001',
          loan_id: 'l-1',
          loan_number: 'DK2025000001',
          bank_name: '邵阳资江银行',
          status: 'paid',
          status_text: '已拨付',
          eligible_loss: '1000000.00',
          approved: '450000.00',
          paid: '450000.00',
          outstanding: '724567.89',
          recovery_number: 'ZK2026000001',
          recovery_status: 'collecting',
          recovered: '275432.11',
          surplus: '0.00',
          receipts: [
            {
              number: 'SK2026000001',
              received_on: '2026-09-24',
              source: 'auction',
              gross: '300000.00',
              costs: '24567.89',
              net: '275432.11',
            },
          ],
        },
      ],
    }),
  );
  show();
  expect(await screen.findByText('追偿中 ZK2026000001')).toBeInTheDocument();
  expect(screen.getByText('质物拍卖、变卖')).toBeInTheDocument();
  expect(screen.getByText('已拨付')).toBeInTheDocument();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

it('says that there is nothing where there is nothing', async () => {
  server.use(answer('get', '/claims/of-own-loans', { items: [] }));
  show();
  expect(await screen.findByText('本企业的贷款没有补偿或追偿')).toBeInTheDocument();
});
