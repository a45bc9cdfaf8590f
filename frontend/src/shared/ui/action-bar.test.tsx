import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { ActionBar } from '@/shared/ui/action-bar';
import { render, screen } from '@/testing/render';

describe('ActionBar', () => {
  it('offers exactly what the server allows', () => {
    render(
      <ActionBar
        available={['submit', 'unknown']}
        actions={{ submit: { label: '提交' }, withdraw: { label: '撤回' } }}
      />,
    );
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['提交']);
  });

  it('asks before it does what cannot be undone', async () => {
    const run = vi.fn();
    render(
      <ActionBar
        available={['submit']}
        actions={{ submit: { label: '提交', confirm: { title: '确认提交？' }, run } }}
      />,
    );
    await userEvent.click(screen.getByRole('button', { name: '提交' }));
    expect(run).not.toHaveBeenCalled();
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('确认提交？');
    await userEvent.click(screen.getAllByRole('button', { name: '提交' }).at(-1) as HTMLElement);
    expect(run).toHaveBeenCalledOnce();
  });

  it('takes no empty reason where one is required', async () => {
    const run = vi.fn(() => Promise.resolve());
    render(
      <ActionBar
        available={['return']}
        actions={{
          return: { label: '退回', reason: { title: '退回', label: '原因', required: true }, run },
        }}
      />,
    );
    await userEvent.click(screen.getByRole('button', { name: '退回' }));
    const ok = (await screen.findAllByRole('button', { name: '退回' })).at(-1) as HTMLElement;
    expect(ok).toBeDisabled();
    await userEvent.type(screen.getByLabelText('原因'), '材料不全');
    await userEvent.click(ok);
    expect(run).toHaveBeenCalledWith('材料不全');
  });
});
