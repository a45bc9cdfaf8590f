import { useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { SimpleTable } from '@/shared/ui/simple-table';
import { YearSelect } from '@/shared/ui/year-select';

import styles from './publicity.module.css';

type Disclosure = Answer<'/portal/disclosure', 'get'>;
type FundYear = Disclosure['funds'][number];
type Bank = Disclosure['banks'][number];

function money<Row extends object>(
  key: string,
  title: string,
  of: (row: Row) => string,
): ListColumn<Row> {
  return { key, title, align: 'right', render: (row) => <Money value={of(row)} /> };
}

const funds: ListColumn<FundYear>[] = [
  { key: 'name', title: '基金', render: (row) => row.fund_name },
  money('opening', '期初', (row) => row.opening),
  money('contributed', '注入', (row) => row.contributed),
  money('interest', '利息', (row) => row.interest),
  money('paid', '补偿', (row) => row.paid),
  money('recovered', '追回', (row) => row.recovered),
  money('closing', '期末', (row) => row.closing),
  money('enrolled', '在保贷款', (row) => row.enrolled),
  {
    key: 'leverage',
    title: '放大倍数',
    align: 'right',
    render: (row) => row.leverage || '暂无数据',
  },
  {
    key: 'npl',
    title: '不良率',
    align: 'right',
    render: (row) => (row.npl_ratio ? <Rate value={row.npl_ratio} variant="ratio" /> : '暂无数据'),
  },
];

const banks: ListColumn<Bank>[] = [
  { key: 'name', title: '银行', render: (row) => row.bank_name },
  { key: 'approved', title: '核准笔数', align: 'right', render: (row) => row.approved },
  money('paid', '拨付', (row) => row.paid),
  money('recovered', '追回', (row) => row.recovered),
];

/** The fund's year for everybody: size, compensation, recoveries, by bank. */
export function DisclosurePage() {
  const [search, setSearch] = useSearchParams();
  const year = Number(search.get('year')) || new Date().getFullYear();
  const query = api.useQuery('get', '/portal/disclosure', { params: { query: { year } } });
  return (
    <div className={styles.page}>
      <PageHeader
        title="基金信息公开"
        description="数字取自基金账簿，每天的账簿指纹同时公布，任何人不能改写已公布的账。"
        extra={<YearSelect value={year} onChange={(value) => setSearch({ year: value })} />}
      />
      <QueryView query={query}>
        {(disclosure) => (
          <>
            <p className={styles.settled}>
              {disclosure.settled_on
                ? `${disclosure.year} 年度已于 ${formatDate(disclosure.settled_on)} 清算，以下为清算时的数字。`
                : `${disclosure.year} 年度尚未清算，以下为账簿现在的数字；清算截止日为 ${formatDate(disclosure.due_on)}。`}
            </p>
            <Panel title="基金收支" flush>
              <SimpleTable<FundYear>
                label="基金收支"
                rows={disclosure.funds}
                columns={funds}
                rowKey={(row) => row.fund_id}
                empty="暂无数据"
              />
            </Panel>
            <Panel title="各银行补偿与追回" flush>
              <SimpleTable<Bank>
                label="各银行补偿与追回"
                rows={disclosure.banks}
                columns={banks}
                rowKey={(row) => row.bank_name}
                empty="暂无数据"
              />
            </Panel>
          </>
        )}
      </QueryView>
    </div>
  );
}
