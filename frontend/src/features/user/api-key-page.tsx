import { App, Button, Form, Input, InputNumber, Select, Tag, Typography } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Input as BodyOf, Item } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { useSession } from '@/shared/session';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

type Key = Item<'/api-keys'>;
type Values = BodyOf<'/api-keys', 'post'>;

/** Keys by which one's own programs call the platform, each with its scopes. */
export function ApiKeyPage() {
  const { modal, message } = App.useApp();
  const [creating, setCreating] = useState(false);
  const query = api.useQuery('get', '/api-keys');
  const revoke = api.useMutation('post', '/api-keys/{id}/revoke');
  const matrix = api.useQuery('get', '/permissions', {}, { staleTime: Infinity });
  const words = new Map(matrix.data?.permissions.map((each) => [each.permission, each.text]));
  const ask = (key: Key) =>
    modal.confirm({
      title: `吊销“${key.name}”？`,
      content: '使用该密钥的程序将立即不能访问，不可恢复。',
      okText: '吊销',
      okButtonProps: { danger: true },
      onOk: async () => {
        await revoke.mutateAsync({ params: { path: { id: key.id } } });
        void message.success('已吊销');
      },
    });
  return (
    <>
      <PageHeader
        title="接口密钥"
        description="供本单位系统以您的身份访问平台接口；权限不超过所选范围，也不超过您现有的权限。"
        extra={
          <Button type="primary" onClick={() => setCreating(true)}>
            创建密钥
          </Button>
        }
      />
      <QueryView query={query}>
        {({ items }) => (
          <Panel flush>
            <SimpleTable<Key>
              label="接口密钥"
              rows={items}
              rowKey={(row) => row.id}
              empty="还没有接口密钥"
              columns={[
                { key: 'name', title: '用途', render: (row) => row.name },
                {
                  key: 'state',
                  title: '状态',
                  card: 'status',
                  render: (row) => <State of={row} />,
                },
                {
                  key: 'prefix',
                  title: '密钥开头',
                  render: (row) => <span className="num">{row.prefix}…</span>,
                },
                {
                  key: 'scopes',
                  title: '权限',
                  render: (row) => row.scopes.map((each) => words.get(each) ?? '其他').join('，'),
                },
                {
                  key: 'expires',
                  title: '有效期至',
                  render: (row) => (row.expires_at ? formatDate(row.expires_at) : '长期'),
                },
                {
                  key: 'used',
                  title: '最近使用',
                  render: (row) =>
                    row.last_used_at ? formatDateTime(row.last_used_at) : '从未使用',
                },
                {
                  key: 'revoke',
                  title: '操作',
                  render: (row) =>
                    row.revoked_at ? null : (
                      <Button size="small" danger onClick={() => ask(row)}>
                        吊销
                      </Button>
                    ),
                },
              ]}
            />
          </Panel>
        )}
      </QueryView>
      <CreateModal open={creating} onClose={() => setCreating(false)} words={words} />
    </>
  );
}

function State({ of }: { of: Key }) {
  if (of.revoked_at) return <Tag variant="filled">已吊销</Tag>;
  if (of.expires_at && Date.parse(of.expires_at) <= Date.now()) {
    return (
      <Tag variant="filled" color="warning">
        已过期
      </Tag>
    );
  }
  return (
    <Tag variant="filled" color="success">
      有效
    </Tag>
  );
}

interface CreateProps {
  open: boolean;
  onClose: () => void;
  words: ReadonlyMap<string, string>;
}

function CreateModal({ open, onClose, words }: CreateProps) {
  const form = useApiForm<Values>();
  const session = useSession();
  const { modal } = App.useApp();
  const create = api.useMutation('post', '/api-keys', {
    onSuccess: ({ secret }) => {
      onClose();
      modal.success({
        title: '密钥已创建',
        content: (
          <>
            <Typography.Paragraph copyable className="num" style={{ wordBreak: 'break-all' }}>
              {secret}
            </Typography.Paragraph>
            请立即存入本单位系统，平台不保存全文，只显示这一次。
          </>
        ),
        okText: '已保存',
      });
    },
  });
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="创建接口密钥"
      submitText="创建"
      api={form}
      submitting={create.isPending}
      initialValues={{ days: 90 }}
      onFinish={(body) => create.mutate({ body }, { onError: form.refuse })}
    >
      <Form.Item name="name" label="用途" rules={[{ required: true, message: '请填写用途' }]}>
        <Input maxLength={60} placeholder="如：核心系统同步还款" />
      </Form.Item>
      <Form.Item
        name="scopes"
        label="权限范围"
        rules={[{ required: true, message: '请至少选择一项权限' }]}
      >
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={(session?.permissions ?? [])
            .filter((each) => each !== 'api_key:manage')
            .map((each) => ({ value: each, label: words.get(each) ?? '其他' }))}
        />
      </Form.Item>
      <Form.Item
        name="days"
        label="有效天数"
        rules={[{ required: true, type: 'integer', min: 1, max: 365, message: '1 到 365 天' }]}
      >
        <InputNumber min={1} max={365} style={{ width: 160 }} />
      </Form.Item>
    </FormModal>
  );
}
