import { useState } from 'react';

import { api } from '@/api/client';
import { ActionBar } from '@/shared/ui/action-bar';

import { ExhaustModal } from './exhaust-modal';
import { ReceiveModal } from './receive-modal';
import type { Recovery } from './status';
import { TransferModal } from './transfer-modal';
import { VerdictModal } from './verdict-modal';

type Form = 'receive' | 'transfer' | 'exhaust' | 'endorse_writeoff';

/** What this person may do with the recovery now. */
export function RecoveryActions({ recovery }: { recovery: Recovery }) {
  const [form, setForm] = useState<Form>();
  const apply = api.useMutation('post', '/recoveries/{id}/apply-writeoff');
  const settle = api.useMutation('post', '/recoveries/{id}/settle-writeoff');
  const params = { path: { id: recovery.id }, header: { 'If-Match': String(recovery.version) } };
  const open = (name: Form) => ({ run: () => setForm(name) });
  const props = { recovery, onClose: () => setForm(undefined) };
  return (
    <>
      <ActionBar
        available={recovery.available_actions}
        actions={{
          exhaust: { label: '认定追偿终结', danger: true, ...open('exhaust') },
          apply_writeoff: {
            label: '申请核销',
            reason: {
              title: '申请核销',
              label: '核销理由',
              required: true,
              hint: '核销只冲账面，追偿责任不免除；以后收回的款项照常分配。',
            },
            run: (reason) => apply.mutateAsync({ params, body: { reason } }),
            done: '已提交复核',
          },
          endorse_writeoff: { label: '审定核销', primary: true, ...open('endorse_writeoff') },
          return_writeoff: {
            label: '退回',
            danger: true,
            reason: { title: '退回核销申请', label: '理由', required: true },
            run: (opinion) => settle.mutateAsync({ params, body: { agreed: false, opinion } }),
            done: '已退回',
          },
          confirm_writeoff: {
            label: '会签核销',
            primary: true,
            reason: {
              title: '会签核销',
              label: '会签意见',
              required: true,
              hint: '会签后账簿即记核销。',
            },
            run: (opinion) => settle.mutateAsync({ params, body: { agreed: true, opinion } }),
            done: '已核销',
          },
          transfer: { label: '确认到账', primary: true, ...open('transfer') },
          receive: { label: '登记回款', primary: true, ...open('receive') },
        }}
      />
      <ReceiveModal {...props} open={form === 'receive'} />
      <TransferModal {...props} open={form === 'transfer'} />
      <ExhaustModal {...props} open={form === 'exhaust'} />
      <VerdictModal {...props} open={form === 'endorse_writeoff'} />
    </>
  );
}
