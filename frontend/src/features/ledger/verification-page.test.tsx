import { describe, expect, it } from 'vitest';

import { render, screen } from '@/testing/render';
import { answer, server } from '@/testing/server';

import { VerificationPage } from './verification-page';

const book = { code: 'city', name: '市级基金', ok: false, entries: 41, head: 'ab12' };
const run = {
  id: '00000000-0000-7000-8000-000000000001',
  ran_at: '2026-09-24T04:00:00Z',
  ran_by: '',
  ok: false,
  entries: 41,
  books: [book],
  break: {
    book: 'city',
    seq: 42,
    code: 'content_changed',
    text: '第 42 号分录的内容与其内容哈希不符',
  },
};

describe('账簿校验', () => {
  it('names the first break and its book', async () => {
    server.use(answer('get', '/ledger/verifications', { items: [run] }));
    render(<VerificationPage />);
    expect(
      await screen.findByText('账簿断裂：市级基金，第 42 号分录的内容与其内容哈希不符'),
    ).toBeInTheDocument();
  });

  it('says that nothing was proved yet', async () => {
    server.use(answer('get', '/ledger/verifications', { items: [] }));
    render(<VerificationPage />);
    expect(await screen.findByText('还没有校验过')).toBeInTheDocument();
  });
});
