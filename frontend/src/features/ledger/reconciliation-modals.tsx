import { InboxOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, App, Form, Input, Modal, Upload } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import { toProblem } from '@/api/problem';
import { requestJSON } from '@/api/request';
import type { Answer, Item } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { formatCount } from '@/shared/format/rate';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

import type { Chosen } from './reconciliation-page';

interface Target {
  bookId: string;
  custody: string;
}

interface Opened extends Target {
  open: boolean;
  onClose: () => void;
}

type Imported = Answer<'/ledger/books/{id}/bank-statements', 'post'>;
type Columns = Answer<'/ledger/books/{id}/bank-columns', 'get'>;

/** A statement in two steps: read it, see what it holds or every fault; then keep it. */
export function ImportModal({ bookId, custody, open, onClose }: Opened) {
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const path = `/ledger/books/${bookId}/bank-statements`;
  const send = (sheet: File, dry_run: boolean) => {
    const form = new FormData();
    form.append('file', sheet);
    return requestJSON<Imported>('POST', path, { form, query: { custody, dry_run } });
  };
  const check = useMutation({
    mutationFn: (sheet: File) => send(sheet, true),
    meta: { quiet: true },
  });
  const commit = useMutation({
    mutationFn: (sheet: File) => send(sheet, false),
    onSuccess: (done) => {
      void message.success(
        `已导入 ${formatCount(done.lines.length)} 笔流水，自动勾对 ${formatCount(done.matched)} 笔`,
      );
      close();
    },
  });
  const close = () => {
    setFile(undefined);
    check.reset();
    onClose();
  };
  const problem = check.error ? toProblem(check.error) : undefined;
  const read = check.data;
  return (
    <Modal
      open={open}
      width={720}
      title="导入银行对账单"
      okText="确认导入"
      okButtonProps={{ disabled: !read || !file }}
      confirmLoading={commit.isPending}
      onOk={() => file && commit.mutate(file)}
      onCancel={close}
    >
      <Upload.Dragger
        accept=".xlsx,.csv,.xml"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(chosen) => {
          setFile(chosen);
          check.mutate(chosen);
          return false;
        }}
      >
        <InboxOutlined style={{ fontSize: 32 }} aria-hidden />
        <p>{file ? file.name : '点击或拖入对账单：Excel、CSV（含 GBK 编码）或 camt.053 报文'}</p>
      </Upload.Dragger>
      {problem ? (
        <Alert
          type="error"
          showIcon
          style={{ marginTop: 16 }}
          title={problem.detail}
          description={
            problem.errors && problem.errors.length > 1 ? (
              <ul>
                {problem.errors.slice(0, 50).map((e) => (
                  <li key={e.field + e.code}>
                    {e.field.replace(/^row (\d+): /, '第 $1 行 ')}：{e.message}
                  </li>
                ))}
              </ul>
            ) : null
          }
        />
      ) : null}
      {read ? (
        <Alert
          type="success"
          showIcon
          style={{ marginTop: 16 }}
          title={`读出 ${formatCount(read.lines.length)} 笔流水，${formatDate(read.statement.from_on)} 至 ${formatDate(read.statement.to_on)}`}
          description="确认后保存并自动勾对；已导入的对账单不能修改。"
        />
      ) : null}
    </Modal>
  );
}

/** Which column of the bank's spreadsheet holds what. */
export function ColumnsModal({ bookId, custody, open, onClose }: Opened) {
  const form = useApiForm<Columns>();
  const query = api.useQuery('get', '/ledger/books/{id}/bank-columns', {
    params: { path: { id: bookId }, query: { custody } },
  });
  const keep = api.useMutation('put', '/ledger/books/{id}/bank-columns', { onSuccess: onClose });
  const field = (name: keyof Columns, label: string, required = false) => (
    <Form.Item
      name={name}
      label={label}
      rules={required ? [{ required: true, message: `请填写${label}` }] : []}
    >
      <Input maxLength={60} />
    </Form.Item>
  );
  if (!query.data) return null;
  return (
    <FormModal<Columns>
      open={open}
      onClose={onClose}
      title="对账单列对应"
      submitText="保存"
      columns={2}
      api={form}
      submitting={keep.isPending}
      initialValues={query.data}
      onFinish={(body) =>
        keep.mutate(
          { params: { path: { id: bookId }, query: { custody } }, body },
          { onError: form.refuse },
        )
      }
    >
      {field('date', '日期列的标题', true)}
      {field('amount', '带正负号的金额列')}
      {field('in', '收入金额列')}
      {field('out', '支出金额列')}
      {field('reference', '流水号列')}
      {field('counterparty', '对方户名列')}
      {field('narrative', '摘要列')}
    </FormModal>
  );
}

interface SidesProps extends Target {
  chosen: Chosen;
  asking: 'match' | 'explain' | undefined;
  onClose: (done: boolean) => void;
}

/** Why the chosen lines and postings are the same movement, or why they have no counterpart. */
export function SidesModal({ bookId, custody, chosen, asking, onClose }: SidesProps) {
  const form = useApiForm<{ reason: string }>();
  const done = { onSuccess: () => onClose(true), onError: form.refuse };
  const match = api.useMutation('post', '/ledger/books/{id}/matches');
  const explain = api.useMutation('post', '/ledger/books/{id}/explanations');
  const matching = asking === 'match';
  return (
    <FormModal<{ reason: string }>
      open={asking !== undefined}
      onClose={() => onClose(false)}
      title={matching ? '人工勾对' : '说明未达账项'}
      submitText="提交复核"
      api={form}
      submitting={match.isPending || explain.isPending}
      onFinish={({ reason }) => {
        const call = {
          params: { path: { id: bookId }, query: { custody } },
          body: { ...chosen, reason },
        };
        if (matching) match.mutate(call, done);
        else explain.mutate(call, done);
      }}
    >
      <Form.Item
        name="reason"
        label={matching ? '为什么是同一笔' : '未达的原因'}
        extra={`银行流水 ${chosen.lines.length} 笔，账面变动 ${chosen.postings.length} 笔`}
        rules={[{ required: true, message: '请填写理由' }]}
      >
        <Input.TextArea rows={3} maxLength={300} />
      </Form.Item>
    </FormModal>
  );
}

type Statement = Item<'/ledger/books/{id}/bank-statements'>;

const FORMAT: Record<Statement['format'], string> = {
  xlsx: 'Excel',
  csv: 'CSV',
  camt053: 'camt.053 报文',
};

const columns: ListColumn<Statement>[] = [
  { key: 'name', title: '文件', render: (s) => s.file_name },
  {
    key: 'period',
    title: '期间',
    render: (s) => `${formatDate(s.from_on)} 至 ${formatDate(s.to_on)}`,
  },
  {
    key: 'lines',
    title: '流水',
    align: 'right',
    render: (s) => <span className="num">{formatCount(s.line_count)} 笔</span>,
  },
  {
    key: 'closing',
    title: '期末余额',
    align: 'right',
    render: (s) => (s.closing ? <Money value={s.closing} variant="exact" /> : '未载明'),
  },
  { key: 'format', title: '格式', render: (s) => FORMAT[s.format], card: 'hidden' },
  {
    key: 'by',
    title: '导入',
    render: (s) => `${s.imported_by_name} ${formatDateTime(s.imported_at)}`,
  },
];

/** What was imported so far. */
export function StatementPanel({ bookId, custody }: Target) {
  const query = api.useQuery('get', '/ledger/books/{id}/bank-statements', {
    params: { path: { id: bookId }, query: { custody } },
  });
  return (
    <Panel flush title="已导入的对账单">
      <QueryView query={query} skeleton={null}>
        {({ items }) => (
          <SimpleTable<Statement>
            label="已导入的对账单"
            rows={items}
            columns={columns}
            rowKey={(s) => s.id}
            empty="还没有导入对账单"
          />
        )}
      </QueryView>
    </Panel>
  );
}
