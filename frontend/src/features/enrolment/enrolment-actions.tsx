import { useState } from 'react';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { ActionBar } from '@/shared/ui/action-bar';

import { RefileModal } from './refile-modal';

type Enrolment = Answer<'/enrolments/{id}', 'get'>;

/** What this person may do with the enrolment now. */
export function EnrolmentActions({ enrolment }: { enrolment: Enrolment }) {
  const submit = api.useMutation('post', '/enrolments/{id}/submit');
  const withdraw = api.useMutation('post', '/enrolments/{id}/withdraw');
  const request = api.useMutation('post', '/enrolments/{id}/request-late');
  const allow = api.useMutation('post', '/enrolments/{id}/allow-late');
  const deny = api.useMutation('post', '/enrolments/{id}/deny-late');
  const confirm = api.useMutation('post', '/enrolments/{id}/confirm-refiling');
  const giveBack = api.useMutation('post', '/enrolments/{id}/return-refiling');
  const [refiling, setRefiling] = useState(false);
  const params = {
    path: { id: enrolment.id },
    header: { 'If-Match': String(enrolment.version) },
  };
  const failed = enrolment.checks.filter((check) => !check.passed).length;
  return (
    <>
      <ActionBar
        available={enrolment.available_actions}
        actions={{
          withdraw: {
            label: '撤回',
            danger: true,
            confirm: { title: '撤回这笔备案？', description: '撤回后可以重新办理备案。' },
            run: () => withdraw.mutateAsync({ params }),
            done: '已撤回',
          },
          edit: { label: '修改', to: `/console/enrolments/${enrolment.id}/edit` },
          request_late: {
            label: '申请逾期备案许可',
            primary: true,
            reason: {
              title: '申请逾期备案许可',
              label: '逾期的理由',
              required: true,
              hint: '由知识产权局经办、复核；准许后方可提交备案。',
            },
            run: (reason) => request.mutateAsync({ params, body: { reason } }),
            done: '已向知识产权局申请',
          },
          deny_late: {
            label: '不准许逾期备案',
            danger: true,
            reason: { title: '不准许逾期备案', label: '理由', required: true },
            run: (reason) => deny.mutateAsync({ params, body: { reason } }),
            done: '已答复银行',
          },
          allow_late: {
            label: '准许逾期备案',
            primary: true,
            reason: {
              title: '准许逾期备案',
              label: '理由',
              required: true,
              hint: '提交后由本局复核人签署，签署后生效。',
            },
            run: (reason) => allow.mutateAsync({ params, body: { reason } }),
            done: '已提交复核',
          },
          return_refiling: {
            label: '退回重新备案',
            danger: true,
            reason: { title: '退回展期重新备案', label: '缺什么、为什么', required: true },
            run: (reason) => giveBack.mutateAsync({ params, body: { reason } }),
            done: '已退回银行',
          },
          confirm_refiling: {
            label: '确认重新备案',
            primary: true,
            reason: {
              title: '确认展期重新备案',
              label: '审核意见',
              required: true,
              hint: '提交后由本局复核人签署，签署后基金承保到展期后的到期日；逾期办理的，同时准许逾期。',
            },
            run: (reason) => confirm.mutateAsync({ params, body: { reason } }),
            done: '已提交复核',
          },
          refile: { label: '重新备案', primary: true, run: () => setRefiling(true) },
          submit: {
            label: '提交复核',
            primary: true,
            confirm: {
              title: '提交复核？',
              description:
                failed > 0
                  ? `目前有 ${failed} 项入库条件不符合，复核签署时仍不符合的将不予入库。`
                  : '复核人签署时系统逐项核对入库条件，全部符合即入库。',
            },
            run: () => submit.mutateAsync({ params }),
            done: '已提交复核',
          },
        }}
      />
      <RefileModal enrolment={enrolment} open={refiling} onClose={() => setRefiling(false)} />
    </>
  );
}
