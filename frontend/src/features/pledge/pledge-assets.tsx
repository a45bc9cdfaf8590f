import { formatYuan } from '@/shared/format/money';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { SimpleTable } from '@/shared/ui/simple-table';

import { ASSET_KIND, type Pledge } from './status';

type Line = Pledge['assets'][number];

const columns: ListColumn<Line>[] = [
  { key: 'title', title: '名称', render: (row) => row.title },
  { key: 'kind', title: '种类', render: (row) => ASSET_KIND[row.kind] },
  {
    key: 'no',
    title: '权利号',
    render: (row) => (
      <span className="num">
        {row.right_no}
        {row.nice_class === undefined ? '' : `（第 ${row.nice_class} 类）`}
      </span>
    ),
  },
  {
    key: 'expires',
    title: '权利届满日',
    render: (row) => <span className="num">{row.expires_on}</span>,
  },
  {
    key: 'value',
    title: '评估值',
    align: 'right',
    render: (row) => <Money value={row.value} />,
  },
  {
    key: 'allocated',
    title: '分担的担保金额',
    align: 'right',
    render: (row) => <Money value={row.allocated_amount} variant="exact" />,
  },
];

/** The rights under the pledge and their parts of the sum. */
export function PledgeAssets({ pledge }: { pledge: Pledge }) {
  return (
    <SimpleTable<Line>
      label="质押组合"
      rows={pledge.assets}
      columns={columns}
      rowKey={(row) => row.asset_id}
      rowHref={(row) => `/console/assets/${row.asset_id}`}
      summary={[
        '合计',
        '',
        '',
        '',
        pledge.total_value ? formatYuan(pledge.total_value) : '',
        formatYuan(pledge.secured_amount),
      ]}
    />
  );
}
