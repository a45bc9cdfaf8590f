import { Tag } from 'antd';

import { api } from '@/api/client';
import type { Item, Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import styles from './publicity.module.css';
import { ReceiptQuery } from './receipt-query';
import { WriteoffList } from './writeoff-list';

type Row = Item<'/portal/publicity'>;
type RowQuery = Query<'/portal/publicity', 'get'>;

const columns: ListColumn<Row>[] = [
  { key: 'title', title: '公示', render: (row) => row.title },
  {
    key: 'state',
    title: '状态',
    render: (row) =>
      row.open ? (
        <Tag variant="filled" color="processing">
          公示中
        </Tag>
      ) : (
        <Tag variant="filled">{row.outcome}</Tag>
      ),
    card: 'status',
  },
  {
    key: 'amount',
    title: '拟补偿金额',
    align: 'right',
    render: (row) => <Money value={row.amount} variant="exact" />,
  },
  { key: 'from', title: '公示日期', render: (row) => formatDate(row.from_on), sort: 'from_on' },
  { key: 'until', title: '截止日期', render: (row) => formatDate(row.until_on), sort: 'until_on' },
  {
    key: 'number',
    title: '申请号',
    render: (row) => <span className="num">{row.claim_number}</span>,
  },
];

/** What the public may object to, and what became of it. */
export function PublicityListPage() {
  const list = useList<RowQuery>({ filters: ['open'], defaultSort: '-from_on' });
  const query = api.useQuery(
    'get',
    '/portal/publicity',
    { params: { query: list.params } },
    keepPrevious,
  );
  return (
    <div className={styles.page}>
      <ListPage<Row>
        title="补偿公示"
        description="基金拟补偿的贷款损失在核准前向社会公示，公示期内任何单位和个人可以提出异议。"
        list={list}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        rowHref={(row) => `/publicity/${row.id}`}
        searchHint="企业、知识产权、申请号"
        filters={[
          {
            type: 'select',
            name: 'open',
            label: '范围',
            options: [{ value: 'true', label: '只看公示中的' }],
          },
        ]}
        empty={{ title: '目前没有公示', description: '拟补偿事项经复核后在此公示。' }}
      />
      <Panel title="核销公示" flush>
        <WriteoffList />
      </Panel>
      <Panel title="查询异议处理结果">
        <ReceiptQuery />
      </Panel>
    </div>
  );
}
