import { Tag } from 'antd';
import { Link } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';
import { FactList } from '@/shared/ui/fact-list';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './recovery.module.css';
import { RECOVERY_STATUS, SOURCE } from './status';

type Followed = Answer<'/claims/of-own-loans', 'get'>['items'][number];
type Receipt = Followed['receipts'][number];

const columns: ListColumn<Receipt>[] = [
  {
    key: 'number',
    title: '回款编号',
    render: (receipt) => <span className="num">{receipt.number}</span>,
  },
  { key: 'on', title: '到账日期', render: (receipt) => formatDate(receipt.received_on) },
  { key: 'source', title: '来源', render: (receipt) => SOURCE[receipt.source] },
  {
    key: 'gross',
    title: '回款',
    align: 'right',
    render: (receipt) => <Money value={receipt.gross} variant="exact" />,
  },
  {
    key: 'costs',
    title: '追偿费用',
    align: 'right',
    render: (receipt) => <Money value={receipt.costs} variant="exact" />,
  },
  {
    key: 'net',
    title: '净额',
    align: 'right',
    render: (receipt) => <Money value={receipt.net} variant="exact" />,
  },
];

/** What became of the firm's own loan after the bank claimed: read only. */
export function FollowPage() {
  const query = api.useQuery('get', '/claims/of-own-loans');
  return (
    <>
      <PageHeader
        title="补偿与追偿"
        description="贷款损失由基金补偿给银行后，本企业的还款义务不因此免除；银行继续追偿，回款冲减本企业的欠款。"
      />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <EmptyState
                title="本企业的贷款没有补偿或追偿"
                description="贷款逾期并由银行申请风险补偿后，进度与回款在此显示。"
              />
            </Panel>
          ) : (
            items.map((item) => <One key={item.claim_number} item={item} />)
          )
        }
      </QueryView>
    </>
  );
}

function One({ item }: { item: Followed }) {
  return (
    <Panel
      title={
        <>
          贷款 <span className="num">{item.loan_number}</span>
        </>
      }
      extra={<Tag variant="filled">{item.status_text}</Tag>}
    >
      <FactList columns={3} facts={facts(item)} />
      <h3 className={styles.heading}>追偿回款</h3>
      <SimpleTable<Receipt>
        label={`${item.loan_number} 的追偿回款`}
        rows={item.receipts}
        columns={columns}
        rowKey={(receipt) => receipt.number}
        empty="还没有回款"
      />
    </Panel>
  );
}

function facts(item: Followed) {
  return [
    {
      label: '贷款',
      value: <Link to={`/console/loans/${item.loan_id}`}>查看贷款与还款</Link>,
    },
    { label: '银行', value: item.bank_name },
    { label: '申请号', value: <span className="num">{item.claim_number}</span> },
    !!item.submitted_at && { label: '银行提交时间', value: formatDateTime(item.submitted_at) },
    { label: '合格损失', value: <Money value={item.eligible_loss} variant="exact" /> },
    {
      label: '核准补偿',
      value: item.approved ? <Money value={item.approved} variant="exact" /> : '未核准',
    },
    { label: '基金已向银行拨付', value: <Money value={item.paid} variant="exact" /> },
    {
      label: '目前尚欠贷款本金',
      value: (
        <strong>
          <Money value={item.outstanding} variant="exact" />
        </strong>
      ),
    },
    !!item.publicity_id && {
      label: '公示',
      value: <Link to={`/publicity/${item.publicity_id}`}>查看公示</Link>,
    },
    item.recovery_status !== undefined && {
      label: '追偿',
      value: `${RECOVERY_STATUS[item.recovery_status].text} ${item.recovery_number}`,
    },
    item.recovery_status !== undefined && {
      label: '追偿净回款累计',
      value: <Money value={item.recovered} variant="exact" />,
    },
    item.surplus !== '0.00' && {
      label: '应退还出质人的余款',
      value: <Money value={item.surplus} variant="exact" />,
    },
    !!item.written_off_on && {
      label: '基金核销日期',
      value: `${formatDate(item.written_off_on)}（核销不免除还款义务）`,
    },
  ];
}
