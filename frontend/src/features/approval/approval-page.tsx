import { useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ActionBar } from '@/shared/ui/action-bar';
import { DetailPage } from '@/shared/ui/detail-page';
import { LinkButton } from '@/shared/ui/link-button';
import { PayloadView } from '@/shared/ui/payload-view';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';

import { APPROVAL_STATUS } from './status';

type Detail = Answer<'/approvals/{id}', 'get'>;

/** One step that takes two people: who proposed what exactly, and who signed. */
export function ApprovalPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/approvals/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(step) => (
        <DetailPage
          title={step.text}
          status={<StatusTag status={step.status} map={APPROVAL_STATUS} />}
          back={{ to: '/console/approvals', label: '复核事项' }}
          actions={<StepActions step={step} />}
          facts={[
            {
              label: '对象',
              value: step.link ? (
                <>
                  {step.title}{' '}
                  <LinkButton size="small" to={step.link}>
                    查看
                  </LinkButton>
                </>
              ) : (
                step.title
              ),
              wide: true,
            },
            { label: '经办人', value: step.maker_name },
            { label: '提交时间', value: formatDateTime(step.made_at) },
            !!step.due_on && { label: '期限', value: formatDate(step.due_on) },
            !!step.checker_name && { label: '复核人', value: step.checker_name },
            !!step.decided_at && { label: '办结时间', value: formatDateTime(step.decided_at) },
            !!step.reason && { label: '意见', value: step.reason, wide: true },
            {
              label: '复核内容指纹',
              value: <code style={{ wordBreak: 'break-all' }}>{step.digest}</code>,
              wide: true,
            },
          ]}
          tabs={[
            {
              key: 'content',
              label: '复核内容',
              children: <PayloadView value={step.payload} />,
            },
          ]}
        />
      )}
    </QueryView>
  );
}

function StepActions({ step }: { step: Detail }) {
  const sign = api.useMutation('post', '/approvals/{id}/sign');
  const reject = api.useMutation('post', '/approvals/{id}/reject');
  const withdraw = api.useMutation('post', '/approvals/{id}/withdraw');
  const params = { path: { id: step.id } };
  return (
    <ActionBar
      available={step.available_actions}
      actions={{
        withdraw: {
          label: '撤回',
          confirm: { title: '撤回后需重新提交，确认撤回？' },
          run: () => withdraw.mutateAsync({ params }),
          done: '已撤回',
        },
        reject: {
          label: '退回',
          danger: true,
          reason: { title: '退回经办人', label: '退回原因', required: true },
          run: (reason) => reject.mutateAsync({ params, body: { reason } }),
          done: '已退回经办人',
        },
        sign: {
          label: '复核通过',
          primary: true,
          confirm: {
            title: '确认复核通过？',
            description: '通过后立即生效，并记录您的姓名与时间。',
          },
          run: () => sign.mutateAsync({ params }),
          done: '已复核通过',
        },
      }}
    />
  );
}
