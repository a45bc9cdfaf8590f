import { DownloadOutlined } from '@ant-design/icons';
import { Button, DatePicker } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';

import { api } from '@/api/client';
import { download } from '@/api/request';
import { formatYuan } from '@/shared/format/money';
import { formatDecimal } from '@/shared/format/rate';
import { Chart, plot } from '@/shared/ui/chart';
import type { ListColumn } from '@/shared/ui/list-table';
import { ListSection } from '@/shared/ui/list-page';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatCard, StatRow } from '@/shared/ui/stat-card';
import { StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import styles from './loan.module.css';
import { BUCKET, LOAN_CLASS, LOAN_STATUS, type Board, type LoanRow } from './status';

/** Arrears by age and class, and the loans behind them. */
export function ArrearsPage() {
  const query = api.useQuery('get', '/loans/arrears');
  const [month, setMonth] = useState<Dayjs | null>(null);
  return (
    <>
      <PageHeader
        title="逾期与分类"
        description="逾期天数按日历日计算，区间与监管 S71 报表一致；不良为次级、可疑、损失三类。"
        extra={
          <>
            <DatePicker
              picker="month"
              aria-label="统计月份"
              placeholder="统计月份"
              value={month}
              onChange={setMonth}
            />
            <Button
              icon={<DownloadOutlined />}
              disabled={!month}
              onClick={() =>
                void download('/loans/monthly.xlsx', { month: month?.format('YYYY-MM') ?? '' })
              }
            >
              导出月度统计表
            </Button>
          </>
        }
      />
      <QueryView query={query}>{(board) => <Figures board={board} />}</QueryView>
      <Overdue />
    </>
  );
}

function Figures({ board }: { board: Board }) {
  return (
    <div className={styles.stack}>
      <StatRow>
        <StatCard label="贷款余额" money={board.outstanding} to="/console/loans" />
        <StatCard
          label="逾期贷款余额"
          money={board.overdue}
          hint={
            board.overdue_rate
              ? `逾期率 ${formatDecimal(board.overdue_rate)}%`
              : '暂无贷款余额，不计算逾期率'
          }
          to="/console/loans?dpd_from=1"
          tone={board.overdue === '0.00' ? 'normal' : 'danger'}
        />
        <StatCard
          label="不良贷款余额"
          money={board.non_performing}
          hint={
            board.non_performing_rate
              ? `不良率 ${formatDecimal(board.non_performing_rate)}%`
              : '暂无贷款余额，不计算不良率'
          }
          tone={board.non_performing === '0.00' ? 'normal' : 'danger'}
        />
      </StatRow>
      <div className={styles.boards}>
        <Panel>
          <Chart
            title="逾期分布"
            height={240}
            option={{
              xAxis: { type: 'category', data: board.buckets.map((line) => BUCKET[line.bucket]) },
              yAxis: { type: 'value' },
              series: [
                {
                  type: 'bar',
                  barMaxWidth: 32,
                  data: board.buckets.map((line) => plot(line.amount)),
                },
              ],
            }}
            table={{
              columns: [
                { title: '逾期区间' },
                { title: '笔数' },
                { title: '户数' },
                { title: '余额' },
              ],
              rows: board.buckets.map((line) => [
                BUCKET[line.bucket],
                String(line.loans),
                String(line.borrowers),
                formatYuan(line.amount),
              ]),
            }}
            note={`截至 ${board.as_of}`}
          />
        </Panel>
        <Panel>
          <Chart
            title="五级分类"
            height={240}
            option={{
              xAxis: {
                type: 'category',
                data: board.classes.map((line) => LOAN_CLASS[line.class].text),
              },
              yAxis: { type: 'value' },
              series: [
                {
                  type: 'bar',
                  barMaxWidth: 32,
                  data: board.classes.map((line) => plot(line.amount)),
                },
              ],
            }}
            table={{
              columns: [{ title: '分类' }, { title: '笔数' }, { title: '户数' }, { title: '余额' }],
              rows: board.classes.map((line) => [
                LOAN_CLASS[line.class].text,
                String(line.loans),
                String(line.borrowers),
                formatYuan(line.amount),
              ]),
            }}
            note={`截至 ${board.as_of}`}
          />
        </Panel>
      </div>
    </div>
  );
}

const columns: ListColumn<LoanRow>[] = [
  { key: 'number', title: '编号', render: (row) => <span className="num">{row.number}</span> },
  { key: 'borrower', title: '借款人', render: (row) => row.borrower_name },
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={LOAN_STATUS} />,
  },
  {
    key: 'outstanding',
    title: '贷款余额',
    align: 'right',
    render: (row) => <Money value={row.outstanding} />,
    sort: 'outstanding',
  },
  {
    key: 'late',
    title: '逾期天数',
    align: 'right',
    render: (row) => <span className="num">{row.days_past_due}</span>,
    sort: 'days_past_due',
  },
  {
    key: 'class',
    title: '五级分类',
    render: (row) => <StatusTag status={row.class} map={LOAN_CLASS} />,
  },
];

function Overdue() {
  const list = useList<{ dpd_from?: number }>({
    filters: [],
    defaultSort: '-days_past_due',
    fixed: { dpd_from: '1' },
  });
  const query = api.useQuery('get', '/loans', { params: { query: list.params } }, keepPrevious);
  return (
    <section className={styles.below}>
      <h2>逾期贷款</h2>
      <ListSection<LoanRow>
        title="逾期贷款"
        list={list}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        rowHref={(row) => `/console/loans/${row.id}`}
        empty={{ title: '没有逾期贷款' }}
      />
    </section>
  );
}
