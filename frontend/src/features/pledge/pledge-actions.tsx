import { useState } from 'react';

import { api } from '@/api/client';
import { ActionBar } from '@/shared/ui/action-bar';

import { FileModal, RefileModal, RefuseModal } from './filing-modals';
import type { Pledge } from './status';
import { StepModal, type StepName } from './step-modal';

/** What this person may do with the pledge now. */
export function PledgeActions({ pledge }: { pledge: Pledge }) {
  const [step, setStep] = useState<StepName>();
  const [filing, setFiling] = useState<'file' | 'refile' | 'refuse'>();
  const consent = api.useMutation('post', '/pledges/{id}/consent');
  const abandon = api.useMutation('post', '/pledges/{id}/abandon');
  const correct = api.useMutation('post', '/pledges/{id}/correct');
  const params = { path: { id: pledge.id }, header: { 'If-Match': String(pledge.version) } };
  const closeFiling = () => setFiling(undefined);
  return (
    <>
      <ActionBar
        available={pledge.available_actions}
        actions={{
          abandon: {
            label: '放弃草稿',
            danger: true,
            reason: { title: '放弃这份质押合同草稿', label: '理由', required: true },
            run: (reason) => abandon.mutateAsync({ params, body: { reason } }),
            done: '已放弃',
          },
          revoke: { label: '登记撤销', danger: true, run: () => setStep('revoke') },
          refuse: { label: '不予登记', danger: true, run: () => setFiling('refuse') },
          edit: { label: '修改', to: `/console/pledges/${pledge.id}/edit` },
          correct: {
            label: '登记机关要求补正',
            reason: { title: '登记补正', label: '补正通知的内容', required: true },
            run: (reason) => correct.mutateAsync({ params, body: { reason } }),
            done: '已登记补正通知',
          },
          refile: { label: '补正后重报', run: () => setFiling('refile') },
          change: { label: '变更登记', run: () => setStep('change') },
          extend: { label: '延期登记', run: () => setStep('extend') },
          cancel: { label: '申请注销', run: () => setStep('cancel') },
          consent: {
            label: '签署质押合同',
            primary: true,
            confirm: {
              title: '以出质人身份签署质押合同？',
              description: '签署后由银行申报登记；银行修改合同内容的，须重新签署。',
            },
            run: () => consent.mutateAsync({ params }),
            done: '已签署',
          },
          file: { label: '申报登记', primary: true, run: () => setFiling('file') },
          register: { label: '登记结果', primary: true, run: () => setStep('register') },
          confirm_cancel: {
            label: '确认注销',
            primary: true,
            run: () => setStep('confirm_cancel'),
          },
        }}
      />
      <StepModal pledge={pledge} step={step} onClose={() => setStep(undefined)} />
      <FileModal pledge={pledge} open={filing === 'file'} onClose={closeFiling} />
      <RefileModal pledge={pledge} open={filing === 'refile'} onClose={closeFiling} />
      <RefuseModal pledge={pledge} open={filing === 'refuse'} onClose={closeFiling} />
    </>
  );
}
