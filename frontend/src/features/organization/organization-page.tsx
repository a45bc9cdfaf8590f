import { Alert, Tag } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { kindLabel } from '@/shared/labels';
import { useCan } from '@/shared/session';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { FileList } from '@/shared/ui/file-list';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { OrganizationActions } from './organization-actions';
import { ORGANIZATION_STATUS, scaleLabel } from './status';

type Contacts = Answer<'/organizations/{id}/unmask', 'post'>;

/** One organisation: what it says of itself, where it stands, what was decided. */
export function OrganizationPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/organizations/{id}', { params: { path: { id } } });
  const [shown, setShown] = useState<Contacts>();
  const mayList = useCan('org:read');
  return (
    <QueryView query={query}>
      {(o) => {
        const contacts = shown ?? o;
        return (
          <DetailPage
            title={o.name}
            number={o.number}
            status={<StatusTag status={o.status} map={ORGANIZATION_STATUS} />}
            {...(mayList ? { back: { to: '/console/organizations', label: '入驻机构' } } : {})}
            actions={<OrganizationActions organization={o} onUnmasked={setShown} />}
            notice={
              o.pending_approval || (o.status_reason && o.status !== 'admitted') ? (
                <>
                  {o.status_reason && o.status !== 'admitted' ? (
                    <Alert
                      type="warning"
                      showIcon
                      title={`${ORGANIZATION_STATUS[o.status].text}：${o.status_reason}`}
                      style={{ marginBottom: o.pending_approval ? 12 : 0 }}
                    />
                  ) : null}
                  <ApprovalPanel approval={o.pending_approval} />
                </>
              ) : null
            }
            facts={[
              { label: '机构类型', value: kindLabel(o.kind) },
              {
                label: '统一社会信用代码',
                value: (
                  <>
                    <span className="num">{o.uscc || '—'}</span>
                    {o.uscc_overridden ? (
                      <Tag color="warning" variant="filled" style={{ marginInlineStart: 8 }}>
                        末位校验码不符，按证照核对
                      </Tag>
                    ) : null}
                  </>
                ),
              },
              {
                label: '所在地',
                value: [o.area_name, o.park_name].filter(Boolean).join('，'),
              },
              o.kind === 'enterprise' && { label: '企业规模', value: scaleLabel(o.scale) },
              o.kind === 'enterprise' && {
                label: '资质',
                value:
                  [o.high_tech && '高新技术企业', o.specialised && '专精特新企业']
                    .filter(Boolean)
                    .join('，') || '—',
              },
              !!o.industry && { label: '所属行业', value: o.industry },
              !!o.established_on && { label: '成立日期', value: formatDate(o.established_on) },
              !!o.filing_no && { label: '备案号', value: o.filing_no },
              !!o.cnaps && { label: '联行号', value: <span className="num">{o.cnaps}</span> },
              { label: '法定代表人', value: contacts.legal_representative || '—' },
              { label: '联系人', value: contacts.contact_name || '—' },
              {
                label: '联系电话',
                value: <span className="num">{contacts.contact_mobile || '—'}</span>,
              },
              { label: '地址', value: contacts.address || '—', wide: true },
              {
                label: '数据使用授权',
                value: o.consented_at ? `${formatDateTime(o.consented_at)} 同意` : '尚未同意',
              },
              {
                label: '准入时间',
                value: o.admitted_at ? formatDateTime(o.admitted_at) : '尚未准入',
              },
              { label: '登记时间', value: formatDateTime(o.created_at) },
            ]}
            aside={
              o.timeline.length > 0 || o.documents.length > 0 ? (
                <>
                  <Panel title="办理记录">
                    <Timeline events={fromAudit(o.timeline)} />
                  </Panel>
                  <Panel title="证照与材料">
                    <FileList files={o.documents} empty="没有上传文件" />
                  </Panel>
                </>
              ) : null
            }
          />
        );
      }}
    </QueryView>
  );
}
