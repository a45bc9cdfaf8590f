import { Button, Form, Input } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import { download } from '@/api/request';
import type { Input as Body, Item } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { formatRate } from '@/shared/format/rate';
import { useCan } from '@/shared/session';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { Chart, plot } from '@/shared/ui/chart';
import { DateInput } from '@/shared/ui/date-input';
import { FormModal } from '@/shared/ui/form-modal';
import type { ListColumn } from '@/shared/ui/list-table';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { RateInput } from '@/shared/ui/rate-input';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag, type StatusMap } from '@/shared/ui/status-tag';

import { sourceText } from './parameter';
import styles from './lpr-page.module.css';

type Quote = Item<'/lpr'>;
type Values = Body<'/lpr', 'post'>;

const STATUS: StatusMap<Quote['status']> = {
  submitted: { text: '待复核', color: 'processing' },
  recorded: { text: '已登记', color: 'success' },
  returned: { text: '已退回', color: 'warning' },
};

const columns: ListColumn<Quote>[] = [
  {
    key: 'on',
    title: '公布日期',
    render: (row) => <span className="num">{formatDate(row.published_on)}</span>,
  },
  { key: 'one', title: '1年期', align: 'right', render: (row) => <Rate value={row.one_year} /> },
  {
    key: 'five',
    title: '5年期以上',
    align: 'right',
    render: (row) => <Rate value={row.five_year} />,
  },
  {
    key: 'status',
    title: '状态',
    card: 'status',
    render: (row) => <StatusTag status={row.status} map={STATUS} />,
  },
  { key: 'source', title: '来源', render: (row) => sourceText(row.source) },
];

/** The loan prime rate as far as it is known, and its entry by two people. */
export function LPRPage() {
  const [open, setOpen] = useState(false);
  const mayRecord = useCan('lpr:record');
  const query = api.useQuery('get', '/lpr');
  return (
    <>
      <PageHeader
        title="贷款市场报价利率（LPR）"
        description="只列出利率变动的公布日，至下次变动前一直适用。新公布的利率由知识产权局录入、复核后生效。"
        extra={
          <>
            <Button onClick={() => void download('/lpr/export.xlsx', {})}>导出</Button>
            {mayRecord ? (
              <Button type="primary" onClick={() => setOpen(true)}>
                登记新公布的利率
              </Button>
            ) : null}
          </>
        }
      />
      <QueryView query={query}>
        {({ items }) => (
          <div className={styles.page}>
            {items
              .filter((quote) => quote.pending_approval)
              .map((quote) => (
                <ApprovalPanel key={quote.id} approval={quote.pending_approval}>
                  <p className="num">
                    {formatDate(quote.published_on)} 公布：1年期 {formatRate(quote.one_year)}
                    ，5年期以上 {formatRate(quote.five_year)}。来源：{quote.source}
                  </p>
                </ApprovalPanel>
              ))}
            <Panel>
              <History quotes={items.filter((quote) => quote.status === 'recorded')} />
            </Panel>
            <Panel title="公布记录" flush>
              <SimpleTable<Quote>
                label="LPR公布记录"
                rows={items}
                columns={columns}
                rowKey={(row) => row.id}
              />
            </Panel>
          </div>
        )}
      </QueryView>
      <RecordModal open={open} onClose={() => setOpen(false)} />
    </>
  );
}

function History({ quotes }: { quotes: readonly Quote[] }) {
  const inOrder = [...quotes].reverse();
  const newest = quotes[0];
  const line = (name: string, key: 'one_year' | 'five_year') => ({
    name,
    type: 'line' as const,
    step: 'end' as const,
    symbolSize: 5,
    data: inOrder.map((quote) => [quote.published_on, plot(quote[key])]),
  });
  return (
    <Chart
      title="利率走势"
      {...(newest
        ? {
            summary: `最近一次变动为 ${formatDate(newest.published_on)}：1年期 ${formatRate(newest.one_year)}，5年期以上 ${formatRate(newest.five_year)}。`,
          }
        : {})}
      option={{
        legend: { top: 0 },
        xAxis: { type: 'time' },
        yAxis: { type: 'value', name: '%', min: 2, max: 5 },
        series: [line('1年期', 'one_year'), line('5年期以上', 'five_year')],
      }}
      table={{
        columns: [{ title: '公布日期' }, { title: '1年期' }, { title: '5年期以上' }],
        rows: quotes.map((quote) => [
          formatDate(quote.published_on),
          formatRate(quote.one_year),
          formatRate(quote.five_year),
        ]),
      }}
    />
  );
}

function RecordModal({ open, onClose }: { open: boolean; onClose: () => void }) {
  const form = useApiForm<Values>();
  const record = api.useMutation('post', '/lpr', { onSuccess: onClose });
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="登记新公布的利率"
      submitText="提交复核"
      columns={2}
      api={form}
      submitting={record.isPending}
      onFinish={(body) => record.mutate({ body }, { onError: form.refuse })}
    >
      <FormWide>
        <Form.Item
          name="published_on"
          label="公布日期"
          rules={[{ required: true, message: '请选择公布日期' }]}
        >
          <DateInput />
        </Form.Item>
      </FormWide>
      <Form.Item
        name="one_year"
        label="1年期"
        rules={[{ required: true, message: '请填写1年期利率' }]}
      >
        <RateInput places={2} />
      </Form.Item>
      <Form.Item
        name="five_year"
        label="5年期以上"
        rules={[{ required: true, message: '请填写5年期以上利率' }]}
      >
        <RateInput places={2} />
      </Form.Item>
      <FormWide>
        <Form.Item
          name="source"
          label="来源"
          extra="如全国银行间同业拆借中心公告的标题或网址，供复核人核对。"
          rules={[{ required: true, message: '请填写来源' }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
