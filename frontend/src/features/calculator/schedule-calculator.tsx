import { Form, InputNumber, Select, Switch } from 'antd';

import { api } from '@/api/client';
import type { Answer, Input } from '@/api/types';
import { ApiFormView, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { EmptyState } from '@/shared/ui/empty-state';
import { MoneyInput } from '@/shared/ui/money-input';
import { Panel } from '@/shared/ui/panel';
import { RateInput } from '@/shared/ui/rate-input';

import styles from './calculators.module.css';
import { ScheduleResult } from './schedule-result';

type Values = Input<'/calculators/repayment-schedule', 'post'>;
export type ScheduleAnswer = Answer<'/calculators/repayment-schedule', 'post'>;

const METHODS = [
  { value: 'interest_only_bullet', label: '按月付息到期还本' },
  { value: 'equal_instalment', label: '等额本息' },
  { value: 'equal_principal', label: '等额本金' },
  { value: 'bullet', label: '到期一次还本付息' },
];

const DAY_COUNTS = [
  { value: 'act_360', label: '实际天数 / 360' },
  { value: 'act_365', label: '实际天数 / 365' },
  { value: '30_360', label: '每月 30 天 / 360' },
];

/** A schedule from the terms of a loan. */
export function ScheduleCalculator() {
  const form = useApiForm<Values>();
  const calculate = api.useMutation('post', '/calculators/repayment-schedule');
  const method = Form.useWatch('method', form.form);
  return (
    <div className={styles.split}>
      <Panel title="贷款条件">
        <ApiFormView<Values>
          api={form}
          submitting={calculate.isPending}
          submitText="计算"
          initialValues={{
            method: 'interest_only_bullet',
            term_months: 12,
            day_count: 'act_360',
            due_date_rule: 'extend',
          }}
          onFinish={(values) => calculate.mutate({ body: values }, { onError: form.refuse })}
        >
          <Form.Item
            name="principal"
            label="本金"
            rules={[{ required: true, message: '请填写本金' }]}
          >
            <MoneyInput />
          </Form.Item>
          <Form.Item
            name="annual_rate"
            label="年利率"
            rules={[{ required: true, message: '请填写年利率' }]}
          >
            <RateInput />
          </Form.Item>
          <Form.Item name="method" label="还款方式" rules={[{ required: true }]}>
            <Select options={METHODS} />
          </Form.Item>
          <Form.Item
            name="term_months"
            label="期限（月）"
            rules={[{ required: true, message: '请填写期限' }]}
          >
            <InputNumber min={1} max={600} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="drawn_on" label="放款日" extra="不填则按月数编号，不列日期。">
            <DateInput />
          </Form.Item>
          <Form.Item name="payment_day" label="每月还款日">
            <InputNumber min={1} max={28} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="day_count" label="计息基准">
            <Select options={DAY_COUNTS} />
          </Form.Item>
          <Form.Item name="due_date_rule" label="遇节假日">
            <Select
              options={[
                { value: 'extend', label: '顺延到下一工作日' },
                { value: 'none', label: '不顺延' },
              ]}
            />
          </Form.Item>
          {method === 'interest_only_bullet' ? (
            <Form.Item name="true_up_last" label="末期补足逐月取整的差额" valuePropName="checked">
              <Switch checkedChildren="补足" unCheckedChildren="不补" />
            </Form.Item>
          ) : null}
        </ApiFormView>
      </Panel>
      {calculate.data ? (
        <ScheduleResult schedule={calculate.data} />
      ) : (
        <Panel title="还款计划">
          <EmptyState
            title="填写左侧条件后计算"
            description="结果列出每期本金、利息和剩余本金，并给出按 365 天折算的年利率。"
          />
        </Panel>
      )}
    </div>
  );
}
