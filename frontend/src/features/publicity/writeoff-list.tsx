import { Tag } from 'antd';

import { api } from '@/api/client';
import type { Item } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

type Row = Item<'/portal/writeoffs'>;

const columns: ListColumn<Row>[] = [
  { key: 'borrower', title: '企业', render: (row) => row.borrower_name },
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
  {
    key: 'paid',
    title: '补偿金额',
    align: 'right',
    render: (row) => <Money value={row.paid} variant="exact" />,
  },
  {
    key: 'recovered',
    title: '已追回',
    align: 'right',
    render: (row) => <Money value={row.recovered} variant="exact" />,
  },
  {
    key: 'amount',
    title: '核销金额',
    align: 'right',
    render: (row) => (
      <strong>
        <Money value={row.written_off} variant="exact" />
      </strong>
    ),
  },
  { key: 'on', title: '核销日期', render: (row) => formatDate(row.written_off_on) },
  { key: 'ruling', title: '追偿终结依据', render: (row) => row.ruling_text },
  {
    key: 'state',
    title: '追偿',
    render: (row) =>
      row.reopened ? (
        <Tag variant="filled" color="warning">
          又有回款，继续追偿
        </Tag>
      ) : (
        <Tag variant="filled">账销案存</Tag>
      ),
    card: 'status',
  },
];

const SHOWN = 50;

/** What the fund wrote off by decision, for everybody to read. */
export function WriteoffList() {
  const query = api.useQuery('get', '/portal/writeoffs', { params: { query: { limit: SHOWN } } });
  return (
    <QueryView query={query}>
      {({ items }) => (
        <SimpleTable<Row>
          label="核销公示"
          rows={items}
          columns={columns}
          rowKey={(row) => row.id}
          empty="还没有核销。补偿满政策年限、追偿已经终结的，经市场监管局与财政局决定后核销并在此公示；核销后仍继续追偿。"
        />
      )}
    </QueryView>
  );
}
