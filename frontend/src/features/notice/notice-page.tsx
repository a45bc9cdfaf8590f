import { useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ActionBar } from '@/shared/ui/action-bar';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { NoticeText } from './notice-text';
import { NOTICE_KIND, NOTICE_STATUS } from './status';

type Notice = Answer<'/notices/{id}', 'get'>;

/** One notice as the bureau works on it. */
export function NoticePage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/notices/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(notice) => (
        <DetailPage
          title={notice.title}
          number={notice.number}
          status={<StatusTag status={notice.status} map={NOTICE_STATUS} />}
          back={{ to: '/console/notices', label: '公告管理' }}
          actions={<NoticeActions notice={notice} />}
          notice={<ApprovalPanel approval={notice.pending_approval} />}
          facts={[
            { label: '类别', value: NOTICE_KIND[notice.kind] },
            { label: '依据', value: notice.basis || '—' },
            { label: '联系方式', value: notice.contact || '—' },
            !!notice.publish_until && {
              label: '公示截止',
              value: formatDate(notice.publish_until),
            },
            !!notice.published_at && {
              label: '发布时间',
              value: formatDateTime(notice.published_at),
            },
            !!notice.sha256 && {
              label: '发布文本指纹',
              value: <code>{notice.sha256}</code>,
              wide: true,
            },
          ]}
          tabs={[
            {
              key: 'body',
              label: '正文',
              children: (
                <Panel>
                  <NoticeText text={notice.body} />
                </Panel>
              ),
            },
          ]}
          aside={
            <Panel title="办理记录">
              <Timeline events={fromAudit(notice.timeline ?? [])} />
            </Panel>
          }
        />
      )}
    </QueryView>
  );
}

function NoticeActions({ notice }: { notice: Notice }) {
  const submit = api.useMutation('post', '/notices/{id}/submit');
  const withdraw = api.useMutation('post', '/notices/{id}/withdraw');
  const params = { path: { id: notice.id }, header: { 'If-Match': String(notice.version) } };
  return (
    <ActionBar
      available={notice.available_actions}
      actions={{
        edit: { label: '修改', to: `/console/notices/${notice.id}/edit` },
        withdraw: {
          label: '撤下',
          danger: true,
          reason: { title: '撤下公告', label: '撤下原因', required: true },
          run: (reason) => withdraw.mutateAsync({ params, body: { reason: reason ?? '' } }),
          done: '已撤下',
        },
        submit: {
          label: '提交复核',
          primary: true,
          confirm: { title: '提交复核？', description: '复核通过即对外发布，发布后不能修改。' },
          run: () => submit.mutateAsync({ params }),
          done: '已提交复核',
        },
      }}
    />
  );
}
