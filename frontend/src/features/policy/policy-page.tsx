import { useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ActionBar } from '@/shared/ui/action-bar';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { ComparisonView } from './comparison-view';
import { ParameterTable } from './parameter-table';
import { PolicyTag } from './policy-tag';

type Policy = Answer<'/policies/{id}', 'get'>;

/** One version: its numbers, what it changes, who made and who signed it. */
export function PolicyPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/policies/{id}', { params: { path: { id } } });
  const definitions = api.useQuery('get', '/policies/parameters');
  const current = api.useQuery('get', '/policies/current', {}, { meta: { quiet: true } });
  const other = current.data && current.data.id !== id ? current.data.id : undefined;
  return (
    <QueryView query={query}>
      {(policy) => (
        <DetailPage
          title={policy.title}
          number={policy.number}
          status={<PolicyTag row={policy} />}
          back={{ to: '/console/policies', label: '政策参数' }}
          actions={<PolicyActions policy={policy} />}
          notice={<ApprovalPanel approval={policy.pending_approval} />}
          facts={[
            { label: '生效日期', value: formatDate(policy.effective_from) },
            { label: '经办', value: policy.maker_name || '—' },
            { label: '复核', value: policy.checker_name || '—' },
            !!policy.approved_at && {
              label: '批准时间',
              value: formatDateTime(policy.approved_at),
            },
            { label: '依据', value: policy.basis || '—', wide: true },
            !!policy.status_reason && {
              label: '退回原因',
              value: policy.status_reason,
              wide: true,
            },
          ]}
          tabs={[
            {
              key: 'parameters',
              label: '全部参数',
              children: (
                <QueryView query={definitions}>
                  {({ items }) => (
                    <ParameterTable definitions={items} parameters={policy.parameters} />
                  )}
                </QueryView>
              ),
            },
            ...(other
              ? [
                  {
                    key: 'changes',
                    label: '与现行版本对照',
                    children: <ComparisonView a={other} b={policy.id} />,
                  },
                ]
              : []),
          ]}
          aside={
            <Panel title="办理记录">
              <Timeline events={fromAudit(policy.timeline)} />
            </Panel>
          }
        />
      )}
    </QueryView>
  );
}

function PolicyActions({ policy }: { policy: Policy }) {
  const submit = api.useMutation('post', '/policies/{id}/submit');
  const withdraw = api.useMutation('post', '/policies/{id}/withdraw');
  const params = { path: { id: policy.id }, header: { 'If-Match': String(policy.version) } };
  return (
    <ActionBar
      available={policy.available_actions}
      actions={{
        withdraw: {
          label: '撤回草稿',
          danger: true,
          confirm: { title: '撤回后不能再提交，确认撤回？' },
          run: () => withdraw.mutateAsync({ params }),
          done: '已撤回',
        },
        edit: { label: '修改', to: `/console/policies/${policy.id}/edit` },
        submit: {
          label: '提交复核',
          primary: true,
          confirm: {
            title: '提交复核？',
            description: `复核通过后自 ${formatDate(policy.effective_from)} 起施行，此后不能修改。`,
          },
          run: () => submit.mutateAsync({ params }),
          done: '已提交复核',
        },
      }}
    />
  );
}
