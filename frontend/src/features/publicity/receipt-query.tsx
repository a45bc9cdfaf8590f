import { Button, Form, Input } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { FactList } from '@/shared/ui/fact-list';
import { QueryView } from '@/shared/ui/query-view';

interface Asked {
  receipt_no: string;
  tail: string;
}

/** How an objection stands, for whoever holds its receipt. */
export function ReceiptQuery() {
  const [asked, setAsked] = useState<Asked>();
  return (
    <>
      <Form<Asked>
        requiredMark={false}
        colon={false}
        layout="inline"
        onFinish={setAsked}
        style={{ rowGap: 12 }}
      >
        <Form.Item
          name="receipt_no"
          label="回执号"
          rules={[{ required: true, message: '请填写回执号' }]}
        >
          <Input maxLength={40} placeholder="如 YY2026000001" />
        </Form.Item>
        <Form.Item
          name="tail"
          label="联系方式后四位"
          rules={[{ required: true, message: '请填写联系方式后四位' }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Button htmlType="submit">查询</Button>
      </Form>
      {asked ? <Result asked={asked} /> : null}
    </>
  );
}

function Result({ asked }: { asked: Asked }) {
  const query = api.useQuery(
    'get',
    '/portal/objections/{receipt_no}',
    { params: { path: { receipt_no: asked.receipt_no }, query: { tail: asked.tail } } },
    { meta: { quiet: true }, retry: false },
  );
  return (
    <QueryView query={query}>
      {(state) => (
        <FactList
          columns={1}
          facts={[
            { label: '提交时间', value: formatDateTime(state.raised_at) },
            {
              label: '处理结果',
              value: state.answered
                ? state.upheld
                  ? '异议成立'
                  : '异议不成立'
                : `处理中，${formatDate(state.due_on)} 前答复`,
            },
            state.answered && { label: '答复', value: state.answer },
          ]}
        />
      )}
    </QueryView>
  );
}
