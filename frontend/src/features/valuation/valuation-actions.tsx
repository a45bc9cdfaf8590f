import { Form } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import { ActionBar } from '@/shared/ui/action-bar';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

import type { Valuation } from './status';

/** What this person may do with the order now. */
export function ValuationActions({ valuation }: { valuation: Valuation }) {
  const [accepting, setAccepting] = useState(false);
  const decline = api.useMutation('post', '/valuations/{id}/decline');
  const cancel = api.useMutation('post', '/valuations/{id}/cancel');
  const sign = api.useMutation('post', '/valuations/{id}/sign');
  const back = api.useMutation('post', '/valuations/{id}/return');
  const file = api.useMutation('post', '/valuations/{id}/file');
  const params = {
    path: { id: valuation.id },
    header: { 'If-Match': String(valuation.version) },
  };
  const signature = (label: string) => ({
    label,
    primary: true,
    confirm: {
      title: '以评估师身份签署本报告？',
      description: '签署后记录您的姓名与时间；报告修改后须重新签署。两名评估师须为不同的人。',
    },
    run: () => sign.mutateAsync({ params }),
    done: '已签署',
  });
  return (
    <>
      <ActionBar
        available={valuation.available_actions}
        actions={{
          cancel: {
            label: '取消委托',
            danger: true,
            reason: { title: '取消委托', label: '原因', required: true },
            run: (reason) => cancel.mutateAsync({ params, body: { reason } }),
            done: '已取消',
          },
          decline: {
            label: '谢绝',
            danger: true,
            reason: { title: '谢绝委托', label: '原因', required: true },
            run: (reason) => decline.mutateAsync({ params, body: { reason } }),
            done: '已谢绝',
          },
          accept: { label: '接单', primary: true, run: () => setAccepting(true) },
          write: {
            label: valuation.status === 'accepted' ? '编制报告' : '修改报告',
            primary: valuation.status === 'accepted',
            to: `/console/valuations/${valuation.id}/report`,
          },
          sign: signature('签署'),
          countersign: signature('签署（第二位）'),
          return: {
            label: '退回修改',
            danger: true,
            reason: { title: '退回修改，签署作废', label: '需修改的内容', required: true },
            run: (reason) => back.mutateAsync({ params, body: { reason } }),
            done: '已退回',
          },
          file: {
            label: '出具报告',
            primary: true,
            confirm: {
              title: '审核通过并出具报告？',
              description: '出具后评估值生效，报告指纹固定，不能再修改。',
            },
            run: () => file.mutateAsync({ params }),
            done: '已出具',
          },
        }}
      />
      <AcceptModal valuation={valuation} open={accepting} onClose={() => setAccepting(false)} />
    </>
  );
}

function AcceptModal(props: { valuation: Valuation; open: boolean; onClose: () => void }) {
  const { valuation, open, onClose } = props;
  const form = useApiForm<{ fee: string }>();
  const accept = api.useMutation('post', '/valuations/{id}/accept', { onSuccess: onClose });
  return (
    <FormModal<{ fee: string }>
      open={open}
      onClose={onClose}
      title="接受委托"
      submitText="接单"
      api={form}
      submitting={accept.isPending}
      onFinish={(body) =>
        accept.mutate(
          {
            params: {
              path: { id: valuation.id },
              header: { 'If-Match': String(valuation.version) },
            },
            body,
          },
          { onError: form.refuse },
        )
      }
    >
      <Form.Item
        name="fee"
        label="评估费"
        extra="委托人可见，用于评估费补助"
        rules={[{ required: true, message: '请填写评估费' }]}
      >
        <MoneyInput />
      </Form.Item>
    </FormModal>
  );
}
