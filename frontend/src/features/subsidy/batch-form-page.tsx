import { Form, Input, Select, Table } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { EmptyState } from '@/shared/ui/empty-state';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { StatCard, StatRow } from '@/shared/ui/stat-card';

import { KIND, type Subsidy } from './status';
import styles from './subsidy.module.css';

type Values = Body<'/subsidy-batches', 'post'>;

/** Puts grants whose publicity is over into a batch. */
export function BatchNewPage() {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const budget = api.useQuery('get', '/subsidy-budget', {});
  const calls = api.useQuery('get', '/subsidy-calls', { params: { query: { limit: 100 } } });
  const asked = search.get('call');
  const call = Form.useWatch('call_id', form.form) ?? asked ?? undefined;
  const create = api.useMutation('post', '/subsidy-batches', {
    onSuccess: (batch) => navigate(`/console/subsidy-batches/${batch.id}`),
  });
  return (
    <>
      <PageHeader
        title="新建拨付批次"
        description="选择公示期满、没有异议的补助；提交后由财政局复核人签署。"
        back={{ to: '/console/subsidy-batches', label: '补助拨付' }}
      />
      <div className={styles.gap}>
        <StatRow>
          <StatCard label="账户可用" money={budget.data?.available} />
          <StatCard
            label="公示期满待拨付"
            money={budget.data?.payable}
            hint={budget.data ? `${budget.data.payable_items} 份申请` : undefined}
          />
        </StatRow>
      </div>
      <Panel>
        <ApiFormView<Values>
          api={form}
          columns={2}
          submitting={create.isPending}
          submitText="提交复核"
          onCancel={() => void navigate(-1)}
          initialValues={{ ...(asked ? { call_id: asked } : {}), applications: [] }}
          onFinish={({ call_id, applications, note }) =>
            create.mutate(
              { body: { call_id, applications, ...(note ? { note } : {}) } },
              { onError: form.refuse },
            )
          }
        >
          <FormWide>
            <Form.Item
              name="call_id"
              label="补助征集"
              rules={[{ required: true, message: '请选择补助征集' }]}
            >
              <Select
                placeholder="请选择"
                onChange={() => form.form.setFieldValue('applications', [])}
                options={(calls.data?.items ?? []).map((each) => ({
                  value: each.id,
                  label: each.title,
                }))}
              />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item
              name="applications"
              label="列入批次的申请"
              rules={[{ required: true, type: 'array', min: 1, message: '请至少选择一份申请' }]}
            >
              <Payable call={call} />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item name="note" label="说明">
              <Input maxLength={300} />
            </Form.Item>
          </FormWide>
        </ApiFormView>
      </Panel>
    </>
  );
}

interface PayableProps {
  call: string | undefined;
  value?: string[];
  onChange?: (ids: string[]) => void;
}

/** The grants that may be paid now, to be ticked. */
function Payable({ call, value, onChange }: PayableProps) {
  const query = api.useQuery(
    'get',
    '/subsidies',
    { params: { query: { call_id: call ?? '', payable: true, limit: 100, sort: 'number' } } },
    { enabled: !!call },
  );
  if (!call) return <EmptyState compact title="请先选择补助征集" />;
  const rows = query.data?.items ?? [];
  if (query.data && rows.length === 0) {
    return <EmptyState compact title="没有公示期满待拨付的补助" />;
  }
  return (
    // antd's own scrolling repeats the tick-all box in a hidden row, which the keyboard meets.
    <div className={styles.sideways} role="region" tabIndex={0} aria-label="待拨付的补助">
      <Table<Subsidy>
        size="small"
        rowKey="id"
        loading={query.isFetching}
        dataSource={rows}
        pagination={false}
        rowSelection={{
          selectedRowKeys: value ?? [],
          onChange: (keys) => onChange?.(keys.map(String)),
          getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
          getCheckboxProps: (row) => ({ 'aria-label': `选择 ${row.number}` }),
        }}
        columns={[
          {
            title: '编号',
            key: 'number',
            render: (_, row) => <span className="num">{row.number}</span>,
          },
          {
            title: '核定金额',
            key: 'amount',
            align: 'right',
            render: (_, row) => <Money value={row.approved} variant="exact" />,
          },
          { title: '企业', key: 'name', render: (_, row) => row.enterprise_name },
          { title: '种类', key: 'kind', render: (_, row) => KIND[row.kind] },
          {
            title: '公示截止',
            key: 'until',
            render: (_, row) => (row.publicity_until ? formatDate(row.publicity_until) : '—'),
          },
        ]}
      />
    </div>
  );
}
