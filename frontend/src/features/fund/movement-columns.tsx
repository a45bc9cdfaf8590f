import type { Item } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { StatusTag } from '@/shared/ui/status-tag';

import { isIncoming, MOVEMENT_KIND, MOVEMENT_STATUS } from './status';

export type MovementRow = Item<'/fund-movements'>;

export const movementColumns: ListColumn<MovementRow>[] = [
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  { key: 'kind', title: '类别', render: (row) => MOVEMENT_KIND[row.kind] },
  { key: 'payer', title: '出资方', render: (row) => row.payer_name || '—' },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (row) => (
      <>
        {isIncoming(row.kind) ? '收 ' : '支 '}
        <Money value={row.amount} variant="exact" />
      </>
    ),
    sort: 'amount',
  },
  {
    key: 'on',
    title: '日期',
    render: (row) => <span className="num">{formatDate(row.on_date)}</span>,
    sort: 'on_date',
  },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={MOVEMENT_STATUS} />,
  },
  { key: 'voucher', title: '银行回单号', render: (row) => row.voucher },
  {
    key: 'entry',
    title: '分录序号',
    align: 'right',
    render: (row) => <span className="num">{row.entry_seq ?? '—'}</span>,
  },
  { key: 'maker', title: '经办', render: (row) => row.maker_name, card: 'hidden' },
  { key: 'checker', title: '复核', render: (row) => row.checker_name || '—', card: 'hidden' },
];
