import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input as TextInput } from 'antd';

import { api } from '@/api/client';
import type { Input } from '@/api/types';
import { ApiFormView, useApiForm } from '@/shared/ui/api-form';
import { EmptyState } from '@/shared/ui/empty-state';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { MoneyInput } from '@/shared/ui/money-input';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './calculators.module.css';

type Values = Input<'/calculators/split', 'post'>;

interface Part {
  at: number;
  weight: string;
  amount: string;
}

const columns: ListColumn<Part>[] = [
  { key: 'at', title: '分担方', render: (row) => `第 ${row.at} 方` },
  {
    key: 'weight',
    title: '权重',
    align: 'right',
    render: (row) => <span className="num">{row.weight}</span>,
  },
  {
    key: 'amount',
    title: '分得金额',
    align: 'right',
    render: (row) => <Money value={row.amount} variant="exact" />,
  },
];

/** Shares a sum out by weights, to the fen. */
export function SplitCalculator() {
  const form = useApiForm<Values>();
  const calculate = api.useMutation('post', '/calculators/split');
  const asked = calculate.variables?.body.weights ?? [];
  const parts = (calculate.data?.parts ?? []).map((amount, index) => ({
    at: index + 1,
    weight: asked[index] ?? '',
    amount,
  }));
  return (
    <div className={styles.split}>
      <Panel title="金额与权重">
        <ApiFormView<Values>
          api={form}
          submitting={calculate.isPending}
          submitText="计算"
          initialValues={{ weights: ['45', '45', '10'] }}
          onFinish={(values) => calculate.mutate({ body: values }, { onError: form.refuse })}
        >
          <Form.Item
            name="amount"
            label="要分配的金额"
            rules={[{ required: true, message: '请填写金额' }]}
          >
            <MoneyInput />
          </Form.Item>
          <Form.List name="weights">
            {(fields, { add, remove }) => (
              <div className={styles.weights}>
                {fields.map((field, index) => (
                  <div key={field.key} className={styles.weight}>
                    <Form.Item
                      name={field.name}
                      label={`第 ${index + 1} 方的权重`}
                      rules={[{ required: true, message: '请填写权重' }]}
                      style={{ flex: 1 }}
                    >
                      <TextInput inputMode="decimal" className="num" />
                    </Form.Item>
                    {fields.length > 1 ? (
                      <Button
                        type="text"
                        icon={<DeleteOutlined />}
                        aria-label={`删除第 ${index + 1} 方`}
                        onClick={() => remove(field.name)}
                        style={{ marginTop: 30 }}
                      />
                    ) : null}
                  </div>
                ))}
                <Button icon={<PlusOutlined />} onClick={() => add('')}>
                  增加一方
                </Button>
              </div>
            )}
          </Form.List>
        </ApiFormView>
      </Panel>
      <Panel title="分配结果" flush>
        {parts.length === 0 ? (
          <EmptyState
            title="填写左侧金额和权重后计算"
            description="按最大余数法分到分，各方合计与总额分毫不差；余数相同的，排在前面的先得。"
          />
        ) : (
          <SimpleTable<Part>
            label="分配结果"
            rows={parts}
            columns={columns}
            rowKey={(row) => String(row.at)}
          />
        )}
      </Panel>
    </div>
  );
}
