import { Tag } from 'antd';

import { formatDate, formatDateTime } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { StatusTag } from '@/shared/ui/status-tag';

import { ASSET_STATUS, UPKEEP, type Asset } from './status';

/** What every list of rights shows. */
export const assetColumns: ListColumn<Asset>[] = [
  { key: 'title', title: '名称', render: (row) => row.title, sort: 'title' },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={ASSET_STATUS} />,
  },
  { key: 'kind', title: '种类', render: (row) => row.kind_text },
  {
    key: 'right_no',
    title: '权利号',
    render: (row) => (
      <span className="num">
        {row.right_no}
        {row.nice_class ? `（第 ${row.nice_class} 类）` : ''}
      </span>
    ),
  },
  { key: 'owner', title: '权利人', render: (row) => row.enterprise_name },
  { key: 'area', title: '县市区', render: (row) => row.area_name, hiddenAtFirst: true },
  {
    key: 'expires',
    title: '期满日',
    sort: 'expires_on',
    render: (row) => <span className="num">{formatDate(row.expires_on)}</span>,
  },
  {
    key: 'upkeep',
    title: '缴费与续展',
    render: (row) => <StatusTag status={row.upkeep.state} map={UPKEEP} />,
  },
  {
    key: 'value',
    title: '评估值',
    align: 'right',
    render: (row) => <Money value={row.value} />,
  },
  {
    key: 'alerts',
    title: '预警',
    render: (row) =>
      row.open_alerts > 0 ? (
        <Tag color="error" variant="filled">
          {row.open_alerts} 项
        </Tag>
      ) : (
        '无'
      ),
  },
  {
    key: 'number',
    title: '编号',
    sort: 'number',
    hiddenAtFirst: true,
    render: (row) => <span className="num">{row.number}</span>,
  },
  {
    key: 'created',
    title: '登记时间',
    sort: 'created_at',
    hiddenAtFirst: true,
    card: 'hidden',
    render: (row) => formatDateTime(row.created_at),
  },
];
