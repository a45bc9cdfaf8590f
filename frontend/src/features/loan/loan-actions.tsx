import { useState } from 'react';

import { api } from '@/api/client';
import { ActionBar } from '@/shared/ui/action-bar';

import { ReadyModal } from './ready-modal';
import { RepaymentModal } from './repayment-modal';
import { SignModal } from './sign-modal';
import type { Loan } from './status';
import { LoanStepModal, type LoanStepName } from './step-modal';

/** What this person may do with the loan now. */
export function LoanActions({ loan }: { loan: Loan }) {
  const [step, setStep] = useState<LoanStepName>();
  const [form, setForm] = useState<'sign' | 'ready' | 'repay'>();
  const cancel = api.useMutation('post', '/loans/{id}/cancel');
  const params = { path: { id: loan.id }, header: { 'If-Match': String(loan.version) } };
  const close = () => setForm(undefined);
  const open = (name: LoanStepName) => () => setStep(name);
  return (
    <>
      <ActionBar
        available={loan.available_actions}
        actions={{
          cancel: {
            label: '取消贷款',
            danger: true,
            reason: { title: '取消这笔尚未放款的贷款', label: '理由', required: true },
            run: (reason) => cancel.mutateAsync({ params, body: { reason } }),
            done: '已取消',
          },
          write_off: { label: '核销', danger: true, run: open('write_off') },
          accelerate: { label: '宣布提前到期', danger: true, run: open('accelerate') },
          reclassify: { label: '调整分类', run: open('reclassify') },
          add_cost: { label: '登记垫付费用', run: open('add_cost') },
          extend: { label: '展期', run: open('extend') },
          default: { label: '认定不良', danger: true, run: open('default') },
          recover: { label: '启动追偿', primary: true, run: open('recover') },
          repay: { label: '登记还款', primary: true, run: () => setForm('repay') },
          sign: { label: '签署借款合同', primary: true, run: () => setForm('sign') },
          ready: { label: '核对放款条件', primary: true, run: () => setForm('ready') },
          disburse: { label: '登记放款', primary: true, run: open('disburse') },
        }}
      />
      <LoanStepModal loan={loan} step={step} onClose={() => setStep(undefined)} />
      <SignModal loan={loan} open={form === 'sign'} onClose={close} />
      <ReadyModal loan={loan} open={form === 'ready'} onClose={close} />
      <RepaymentModal loan={loan} open={form === 'repay'} onClose={close} />
    </>
  );
}
