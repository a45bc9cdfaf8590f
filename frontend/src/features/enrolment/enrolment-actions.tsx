import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { ActionBar } from '@/shared/ui/action-bar';

type Enrolment = Answer<'/enrolments/{id}', 'get'>;

/** What this person may do with the enrolment now. */
export function EnrolmentActions({ enrolment }: { enrolment: Enrolment }) {
  const submit = api.useMutation('post', '/enrolments/{id}/submit');
  const withdraw = api.useMutation('post', '/enrolments/{id}/withdraw');
  const request = api.useMutation('post', '/enrolments/{id}/request-late');
  const allow = api.useMutation('post', '/enrolments/{id}/allow-late');
  const deny = api.useMutation('post', '/enrolments/{id}/deny-late');
  const params = {
    path: { id: enrolment.id },
    header: { 'If-Match': String(enrolment.version) },
  };
  const failed = enrolment.checks.filter((check) => !check.passed).length;
  return (
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
  );
}
