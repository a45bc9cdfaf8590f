import { Button } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { formatRate } from '@/shared/format/rate';
import { useCan } from '@/shared/session';
import { ExcelImport } from '@/shared/ui/excel-import';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { statusOptions, StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { LOAN_CLASS, LOAN_STATUS, METHOD, type LoanRow } from './status';

type LoanQuery = Query<'/loans', 'get'>;

const date = (value: string | undefined) => (
  <span className="num">{value ? formatDate(value) : '—'}</span>
);

const columns: ListColumn<LoanRow>[] = [
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
  },
  { key: 'borrower', title: '借款人', render: (row) => row.borrower_name },
  { key: 'bank', title: '银行', render: (row) => row.bank_name },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={LOAN_STATUS} />,
  },
  {
    key: 'principal',
    title: '合同金额',
    align: 'right',
    render: (row) => <Money value={row.principal} />,
    sort: 'principal',
  },
  {
    key: 'outstanding',
    title: '贷款余额',
    align: 'right',
    render: (row) => (row.disbursed_on ? <Money value={row.outstanding} /> : '—'),
    sort: 'outstanding',
  },
  {
    key: 'rate',
    title: '年利率',
    align: 'right',
    render: (row) => <span className="num">{formatRate(row.annual_rate)}</span>,
    sort: 'annual_rate',
  },
  {
    key: 'disbursed',
    title: '放款日',
    render: (row) => date(row.disbursed_on),
    sort: 'disbursed_on',
  },
  { key: 'matures', title: '到期日', render: (row) => date(row.matures_on), sort: 'matures_on' },
  {
    key: 'next',
    title: '下期应还日',
    render: (row) => date(row.next_due_on),
    sort: 'next_due_on',
  },
  {
    key: 'late',
    title: '逾期天数',
    align: 'right',
    render: (row) => <span className="num">{row.days_past_due || '—'}</span>,
    sort: 'days_past_due',
  },
  {
    key: 'class',
    title: '五级分类',
    render: (row) => (row.disbursed_on ? <StatusTag status={row.class} map={LOAN_CLASS} /> : '—'),
  },
  {
    key: 'registered',
    title: '质押登记金额',
    align: 'right',
    render: (row) => (row.registered_amount ? <Money value={row.registered_amount} /> : '—'),
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'line',
    title: '授信额度',
    align: 'right',
    render: (row) => <Money value={row.credit_line} />,
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'method',
    title: '还款方式',
    render: (row) => METHOD[row.method],
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'enrolled',
    title: '已备案入库',
    render: (row) => (row.enrolled ? '是' : '否'),
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'area',
    title: '县市区',
    render: (row) => row.area_name,
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The loans on pledged rights. */
export function LoanListPage() {
  const list = useList<LoanQuery>({
    filters: [
      'status',
      'class',
      'area_code',
      'disbursed_from',
      'disbursed_to',
      'matures_from',
      'matures_to',
      'dpd_from',
      'dpd_to',
      'need_id',
      'bid_id',
      'bank_id',
      'borrower_id',
    ],
    defaultSort: '-created_at',
  });
  const query = api.useQuery('get', '/loans', { params: { query: list.params } }, keepPrevious);
  const areas = api.useQuery('get', '/areas');
  const mayRecord = useCan('loan:draft');
  const mayApprove = useCan('loan:approve');
  const [importing, setImporting] = useState(false);
  return (
    <>
      <ListPage<LoanRow>
        title="贷款"
        description="质押登记金额、授信额度、放款金额是三个不同的数，不能相加或混用。"
        list={list}
        query={query}
        columns={columns}
        rowKey={(row) => row.id}
        rowHref={(row) => `/console/loans/${row.id}`}
        searchHint="贷款编号、合同编号、企业、银行"
        filters={[
          { type: 'select', name: 'status', label: '状态', options: statusOptions(LOAN_STATUS) },
          { type: 'select', name: 'class', label: '五级分类', options: statusOptions(LOAN_CLASS) },
          {
            type: 'select',
            name: 'area_code',
            label: '县市区',
            options: (areas.data?.items ?? [])
              .filter((area) => area.kind === 'county')
              .map((area) => ({ value: area.code, label: area.name })),
          },
          { type: 'date-range', from: 'disbursed_from', to: 'disbursed_to', label: '放款日期' },
          { type: 'date-range', from: 'matures_from', to: 'matures_to', label: '到期日' },
        ]}
        exportPath="/loans/export.xlsx"
        empty={{
          title: '还没有贷款',
          description: '银行授信审批通过后登记贷款；质押登记完成后才能放款。',
        }}
        extra={
          <>
            {mayRecord ? <Button onClick={() => setImporting(true)}>批量导入还款</Button> : null}
            {mayApprove ? (
              <LinkButton type="primary" to="/console/loans/new">
                登记授信审批结果
              </LinkButton>
            ) : null}
          </>
        }
      />
      {mayRecord ? (
        <ExcelImport
          open={importing}
          onClose={() => setImporting(false)}
          noun="还款"
          path="/loans/repayments/import"
          templatePath="/loans/repayments/import-template.xlsx"
          hint="每行一笔还款，全部通过检查后一并提交复核，一行有误则全部不提交。"
        />
      ) : null}
    </>
  );
}
