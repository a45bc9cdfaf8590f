import { Form, InputNumber, Tag } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatLongDate } from '@/shared/format/date';
import { ApiFormView, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { EmptyState } from '@/shared/ui/empty-state';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import styles from './calculators.module.css';

type Values = Query<'/calendar/add-working-days', 'get'>;

/** When a deadline ends, on the State Council's calendar. */
export function DeadlineCalculator() {
  const form = useApiForm<Values>();
  const [asked, setAsked] = useState<Values>();
  return (
    <div className={styles.split}>
      <Panel title="起算日与工作日数">
        <ApiFormView<Values>
          api={form}
          submitText="推算"
          initialValues={{ days: 5 }}
          onFinish={setAsked}
        >
          <Form.Item
            name="from"
            label="起算日"
            extra="当日不计入。"
            rules={[{ required: true, message: '请选择起算日' }]}
          >
            <DateInput />
          </Form.Item>
          <Form.Item
            name="days"
            label="工作日数"
            extra="负数为往前推算。"
            rules={[{ required: true, message: '请填写工作日数' }]}
          >
            <InputNumber min={-10000} max={10000} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        </ApiFormView>
      </Panel>
      <Panel title="届满日">
        {asked ? (
          <Answer asked={asked} />
        ) : (
          <EmptyState
            title="填写左侧内容后推算"
            description="已计入国务院办公厅公布的放假和调休安排。"
          />
        )}
      </Panel>
    </div>
  );
}

function Answer({ asked }: { asked: Values }) {
  const query = api.useQuery('get', '/calendar/add-working-days', { params: { query: asked } });
  return (
    <QueryView query={query}>
      {(deadline) => (
        <div aria-live="polite">
          <p className={`num ${styles.answer}`}>{formatLongDate(deadline.date)}</p>
          {deadline.provisional ? (
            <>
              <Tag color="warning">暂定</Tag>
              <p className={styles.note}>
                推算经过的日期越出已公布的放假安排，次年安排公布后可能变动。
              </p>
            </>
          ) : (
            <p className={styles.note}>按已公布的放假和调休安排计算。</p>
          )}
        </div>
      )}
    </QueryView>
  );
}
