import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { ExcelImport } from '@/shared/ui/excel-import';
import { render, screen, waitFor } from '@/testing/render';
import { answerAny, server, type Seen } from '@/testing/server';

async function choose() {
  const close = vi.fn();
  render(<ExcelImport open onClose={close} noun="专利" path="/assets/import" />);
  await screen.findByRole('dialog');
  const box = document.querySelector<HTMLInputElement>('input[type=file]');
  if (!box) throw new Error('no file input');
  await userEvent.upload(box, new File(['x'], '专利.xlsx'));
  return close;
}

describe('ExcelImport', () => {
  it('shows every fault with its row, and writes nothing', async () => {
    const seen: Seen[] = [];
    const errors = [{ row: 3, column: '申请号', message: '校验位不符，应为 5' }];
    server.use(answerAny('post', '/assets/import', { total: 12, errors }, seen));
    await choose();
    expect(await screen.findByText('校验位不符，应为 5')).toBeInTheDocument();
    expect(screen.getByText('第 3 行')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '确认导入' })).toBeDisabled();
    expect(seen.map((each) => each.url.searchParams.get('dry_run'))).toEqual(['true']);
  });

  it('writes after the check has passed and somebody has confirmed', async () => {
    const seen: Seen[] = [];
    server.use(answerAny('post', '/assets/import', { total: 12, errors: [] }, seen));
    const close = await choose();
    await userEvent.click(await screen.findByRole('button', { name: '确认导入 12 条' }));
    await waitFor(() => expect(close).toHaveBeenCalled());
    expect(seen.map((each) => each.url.searchParams.get('dry_run'))).toEqual(['true', null]);
  });
});
