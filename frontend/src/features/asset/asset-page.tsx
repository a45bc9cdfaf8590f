import { Alert } from 'antd';
import dayjs from 'dayjs';
import { useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { DetailPage } from '@/shared/ui/detail-page';
import { FileList } from '@/shared/ui/file-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { AssetActions } from './asset-actions';
import { AlertTab, UpkeepTab, ValuationTab } from './asset-tabs';
import { LifeLine } from './life-line';
import { PrecheckList } from './precheck-list';
import { ASSET_STATUS, isPatent, MARK_KIND, PURPOSE, type AssetDetail } from './status';

/** One right: what it is, how long it lives, what stands in the way of its pledge. */
export function AssetPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/assets/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(asset) => <AssetView asset={asset} />}</QueryView>;
}

function AssetView({ asset }: { asset: AssetDetail }) {
  const today = dayjs().format('YYYY-MM-DD');
  const urgent = asset.alerts.filter((alert) => !alert.closed_at);
  return (
    <DetailPage
      title={asset.title}
      number={asset.number}
      status={<StatusTag status={asset.status} map={ASSET_STATUS} />}
      back={{ to: '/console/assets', label: '知识产权' }}
      actions={<AssetActions asset={asset} />}
      notice={<Notices asset={asset} />}
      facts={facts(asset)}
      tabs={[
        {
          key: 'life',
          label: '期限与缴费',
          children: (
            <>
              <LifeLine asset={asset} today={today} />
              <UpkeepTab asset={asset} />
            </>
          ),
        },
        {
          key: 'prechecks',
          label: '出质预检',
          count: asset.prechecks.length,
          children: <PrecheckList asset={asset} />,
        },
        {
          key: 'valuations',
          label: '评估',
          count: asset.valuations.length,
          children: <ValuationTab asset={asset} />,
        },
        {
          key: 'alerts',
          label: '预警',
          count: urgent.length,
          children: <AlertTab asset={asset} />,
        },
      ]}
      aside={
        <>
          <Panel title="材料">
            <Documents asset={asset} />
          </Panel>
          {asset.timeline.length > 0 ? (
            <Panel title="办理记录">
              <Timeline events={fromAudit(asset.timeline)} />
            </Panel>
          ) : null}
        </>
      }
    />
  );
}

function Notices({ asset }: { asset: AssetDetail }) {
  const urgent = asset.alerts.filter((alert) => !alert.closed_at);
  return (
    <>
      {asset.status_reason ? (
        <Alert
          type="warning"
          showIcon
          title={`${ASSET_STATUS[asset.status].text}：${asset.status_reason}`}
          style={{ marginBottom: 12 }}
        />
      ) : null}
      {asset.not_ready ? (
        <Alert type="info" showIcon title={asset.not_ready} style={{ marginBottom: 12 }} />
      ) : null}
      {urgent.map((alert) => (
        <Alert
          key={alert.id}
          type={alert.severity === 'amber' ? 'warning' : 'error'}
          showIcon
          title={alert.message}
          style={{ marginBottom: 12 }}
        />
      ))}
      <ApprovalPanel approval={asset.pending_approval} />
    </>
  );
}

function Documents({ asset }: { asset: AssetDetail }) {
  const purposes = [...new Set(asset.documents.map((file) => file.purpose))];
  if (purposes.length === 0) return <FileList files={[]} empty="没有上传材料" />;
  return (
    <>
      {purposes.map((purpose) => (
        <div key={purpose}>
          <h3 style={{ margin: '4px 0', fontSize: 13, color: 'var(--text-soft)' }}>
            {PURPOSE[purpose] ?? '其他材料'}
          </h3>
          <FileList files={asset.documents.filter((file) => file.purpose === purpose)} />
        </div>
      ))}
    </>
  );
}

function facts(asset: AssetDetail) {
  const patent = isPatent(asset.kind);
  const day = (value: string | undefined) => (
    <span className="num">{value ? formatDate(value) : '—'}</span>
  );
  return [
    { label: '种类', value: asset.kind_text },
    {
      label: patent ? '专利号' : '注册号与类别',
      value: (
        <span className="num">
          {asset.right_no}
          {asset.nice_class ? `，第 ${asset.nice_class} 类` : ''}
        </span>
      ),
    },
    { label: '权利人单位', value: `${asset.enterprise_name}（${asset.area_name}）` },
    { label: '登记簿权利人', value: asset.registered_owner },
    asset.kind === 'gi_mark' && { label: '商标性质', value: MARK_KIND[asset.mark_kind] },
    { label: '申请日', value: day(asset.filed_on) },
    { label: patent ? '授权公告日' : '注册日', value: day(asset.granted_on) },
    {
      label: '期满日',
      value: (
        <>
          {day(asset.expires_on)}
          {asset.expiry_note ? `（${asset.expiry_note}）` : ''}
        </>
      ),
    },
    {
      label: '有效评估值',
      value: (
        <>
          <Money value={asset.value} />
          {asset.value_until ? `，至 ${formatDate(asset.value_until)}` : ''}
        </>
      ),
    },
    !!asset.ipc && { label: '主分类号', value: <span className="num">{asset.ipc}</span> },
    asset.co_owned && {
      label: '共有',
      value: asset.co_owners_consent ? '共有，全体同意出质' : '共有，尚未取得同意',
    },
    !!asset.extract_on && { label: '登记簿副本出具', value: day(asset.extract_on) },
    !!asset.product_revenue && {
      label: '上年产品收入',
      value: <Money value={asset.product_revenue} />,
    },
    asset.invalidation_pending && { label: '无效宣告', value: '程序进行中' },
    asset.acknowledged_risks && { label: '风险声明', value: '已知悉并声明继续办理' },
    !!asset.reserved_until && { label: '锁定至', value: formatDateTime(asset.reserved_until) },
    !!asset.description && { label: '用途说明', value: asset.description, wide: true },
  ];
}
