import { Button, Form, Input } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Input as Body, Item, Query } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';
import { ListSection } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import styles from './ledger.module.css';

type Account = Item<'/ledger/books/{id}/accounts'>;
type AccountQuery = Query<'/ledger/books/{id}/accounts', 'get'>;

const CLASSES = [
  { value: 'cash', label: '托管存款' },
  { value: 'capital', label: '出资' },
  { value: 'returned', label: '已退回出资' },
  { value: 'income', label: '收益' },
  { value: 'payable', label: '应付补偿款' },
  { value: 'loss', label: '补偿损失' },
  { value: 'recovered', label: '追偿收回' },
  { value: 'fee', label: '管理费用' },
  { value: 'subsidy', label: '补贴支出' },
  { value: 'equity', label: '累计结余' },
  { value: 'exposure', label: '在保风险敞口（备查）' },
  { value: 'memo', label: '其他备查' },
];

const columns: ListColumn<Account>[] = [
  { key: 'name', title: '科目名称', render: (a) => a.name, sort: 'name' },
  {
    key: 'path',
    title: '科目代码',
    render: (a) => <code className={styles.hash}>{a.path}</code>,
    sort: 'path',
    hiddenAtFirst: true,
    card: 'hidden',
  },
  {
    key: 'balance',
    title: '当前余额',
    align: 'right',
    render: (a) => <Money value={a.balance} variant="exact" />,
    sort: 'balance',
  },
  {
    key: 'floor',
    title: '负数余额',
    render: (a) => (a.may_go_negative ? '允许' : '不允许'),
    card: 'hidden',
  },
  {
    key: 'opened',
    title: '开立日期',
    render: (a) => formatDate(a.opened_at),
    hiddenAtFirst: true,
    card: 'hidden',
  },
];

/** The accounts of a book; each leads to its statement. */
export function AccountTab({ bookId, mayOpen }: { bookId: string; mayOpen: boolean }) {
  const [opening, setOpening] = useState(false);
  const list = useList<AccountQuery>({ filters: ['class'], defaultSort: 'path' });
  const query = api.useQuery(
    'get',
    '/ledger/books/{id}/accounts',
    { params: { path: { id: bookId }, query: list.params } },
    keepPrevious,
  );
  return (
    <div className={`${styles.stack} ${styles.tab}`}>
      {mayOpen ? (
        <div>
          <Button onClick={() => setOpening(true)}>开立科目</Button>
        </div>
      ) : null}
      <ListSection<Account>
        title="科目"
        list={list}
        query={query}
        columns={columns}
        rowKey={(a) => a.path}
        rowHref={(a) => `/console/ledger/${bookId}/statement?path=${encodeURIComponent(a.path)}`}
        searchHint="科目名称、代码"
        filters={[{ type: 'select', name: 'class', label: '大类', options: CLASSES }]}
        exportPath={`/ledger/books/${bookId}/accounts.xlsx`}
      />
      <OpenAccount bookId={bookId} open={opening} onClose={() => setOpening(false)} />
    </div>
  );
}

type Values = Body<'/ledger/books/{id}/accounts', 'post'>;

function OpenAccount({
  bookId,
  open,
  onClose,
}: {
  bookId: string;
  open: boolean;
  onClose: () => void;
}) {
  const form = useApiForm<Values>();
  const create = api.useMutation('post', '/ledger/books/{id}/accounts', { onSuccess: onClose });
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="开立科目"
      submitText="开立"
      api={form}
      submitting={create.isPending}
      onFinish={(body) =>
        create.mutate({ params: { path: { id: bookId } }, body }, { onError: form.refuse })
      }
    >
      <Form.Item
        name="path"
        label="科目代码"
        extra="大类在前、户主在后，以冒号分隔，例如托管账户 cash:second、备查 memo:pledge"
        rules={[{ required: true, message: '请填写科目代码' }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="name"
        label="科目名称"
        rules={[{ required: true, message: '请填写科目名称' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
    </FormModal>
  );
}
