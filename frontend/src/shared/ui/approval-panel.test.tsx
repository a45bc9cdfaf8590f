import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { ApprovalPanel, type PendingApproval } from '@/shared/ui/approval-panel';
import { render, screen, waitFor } from '@/testing/render';
import { answerAny, server, type Seen } from '@/testing/server';

const pending: PendingApproval = {
  id: 'p1',
  text: '提交报价',
  maker_name: '李安',
  made_at: '2026-03-01T01:00:00Z',
  can_sign: false,
  can_withdraw: false,
};
const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent);

describe('ApprovalPanel', () => {
  it('offers the checker both decisions, the maker only to take it back, others nothing', () => {
    const first = render(<ApprovalPanel approval={{ ...pending, can_sign: true }} />);
    expect(buttons()).toEqual(['退回', '复核通过']);
    first.unmount();
    const second = render(<ApprovalPanel approval={{ ...pending, can_withdraw: true }} />);
    expect(buttons()).toEqual(['撤回']);
    second.unmount();
    render(<ApprovalPanel approval={pending} />);
    expect(buttons()).toEqual([]);
    expect(screen.getByText(/李安/)).toHaveTextContent('2026-03-01 09:00');
  });

  it('signs after asking once more', async () => {
    const seen: Seen[] = [];
    server.use(answerAny('post', '/approvals/p1/sign', {}, seen));
    render(<ApprovalPanel approval={{ ...pending, can_sign: true }} />);
    await userEvent.click(screen.getByRole('button', { name: '复核通过' }));
    expect(seen).toHaveLength(0);
    expect(await screen.findByRole('dialog')).toHaveTextContent('确认复核通过？');
    await userEvent.click(
      screen.getAllByRole('button', { name: '复核通过' }).at(-1) as HTMLElement,
    );
    await waitFor(() => expect(seen).toHaveLength(1));
  });

  it('sends a refusal with its reason', async () => {
    const seen: Seen[] = [];
    server.use(answerAny('post', '/approvals/p1/reject', {}, seen));
    render(<ApprovalPanel approval={{ ...pending, can_sign: true }} />);
    await userEvent.click(screen.getByRole('button', { name: '退回' }));
    await userEvent.type(await screen.findByLabelText('退回原因'), '金额不符');
    await userEvent.click(screen.getAllByRole('button', { name: '退回' }).at(-1) as HTMLElement);
    await waitFor(() => expect(seen[0]?.body).toEqual({ reason: '金额不符' }));
  });
});
