import { Button } from 'antd';
import { useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import type { Answer } from '@/api/types';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { SimpleTable } from '@/shared/ui/simple-table';
import { YearSelect } from '@/shared/ui/year-select';

import styles from './claim.module.css';
import { SettlementState } from './settlement-state';

type Settlement = Answer<'/settlements', 'get'>;
type FundYear = Settlement['funds'][number];
type BankYear = Settlement['banks'][number];

function money<Row extends object>(
  key: string,
  title: string,
  of: (row: Row) => string,
): ListColumn<Row> {
  return {
    key,
    title,
    align: 'right',
    render: (row) => <Money value={of(row)} variant="exact" />,
  };
}

const funds: ListColumn<FundYear>[] = [
  { key: 'name', title: '基金', render: (row) => row.fund_name },
  money('opening', '期初', (row) => row.opening),
  money('contributed', '注入', (row) => row.contributed),
  money('interest', '利息', (row) => row.interest),
  money('paid', '补偿', (row) => row.paid),
  money('recovered', '追回', (row) => row.recovered),
  money('clawed', '退回补偿', (row) => row.clawed_back),
  money('fee', '管理费', (row) => row.fee),
  money('returned', '退回出资', (row) => row.returned),
  money('other', '其他', (row) => row.other),
  money('closing', '期末', (row) => row.closing),
  { key: 'leverage', title: '杠杆', align: 'right', render: (row) => row.leverage || '—' },
  {
    key: 'npl',
    title: '不良率',
    align: 'right',
    render: (row) => (row.npl_ratio ? <Rate value={row.npl_ratio} variant="ratio" /> : '—'),
  },
];

const banks: ListColumn<BankYear>[] = [
  { key: 'name', title: '银行', render: (row) => row.bank_name },
  { key: 'filed', title: '申请笔数', align: 'right', render: (row) => row.filed },
  money('asked', '申请金额', (row) => row.asked),
  { key: 'approved', title: '核准笔数', align: 'right', render: (row) => row.approved },
  money('granted', '核准金额', (row) => row.granted),
  money('paid', '拨付', (row) => row.paid),
  money('recovered', '追回', (row) => row.recovered),
  money('clawed', '退回补偿', (row) => row.clawed_back),
  money('written', '核销', (row) => row.written_off),
  money('net', '净损失', (row) => row.net),
  money('open', '年末待拨付', (row) => row.open),
  money('due', '年末待划转', (row) => row.untransferred),
];

/** The year's settlement: each fund's account of its money, each bank's statement. */
export function SettlementPage() {
  const [search, setSearch] = useSearchParams();
  const year = Number(search.get('year')) || new Date().getFullYear();
  const query = api.useQuery('get', '/settlements', { params: { query: { year } } });
  return (
    <>
      <PageHeader
        title="年度清算"
        description="资金数字取自账簿，按入账生效日归属年度；冲正的分录不计。"
        extra={
          <span className={styles.year}>
            <YearSelect value={year} onChange={(value) => setSearch({ year: value })} />
            <Button onClick={() => void download('/settlements/funds.xlsx', { year })}>
              导出基金清算表
            </Button>
            <Button onClick={() => void download('/settlements/banks.xlsx', { year })}>
              导出银行清算单
            </Button>
          </span>
        }
      />
      <QueryView query={query}>
        {(settlement) => (
          <>
            <SettlementState settlement={settlement} />
            <Panel title="基金年度清算表" flush>
              <SimpleTable<FundYear>
                label="基金年度清算表"
                rows={settlement.funds}
                columns={funds}
                rowKey={(row) => row.fund_id}
              />
            </Panel>
            <Panel title="银行年度清算单" flush>
              <SimpleTable<BankYear>
                label="银行年度清算单"
                rows={settlement.banks}
                columns={banks}
                rowKey={(row) => row.bank_id}
                empty="本年度没有备案或补偿业务"
              />
            </Panel>
          </>
        )}
      </QueryView>
    </>
  );
}
