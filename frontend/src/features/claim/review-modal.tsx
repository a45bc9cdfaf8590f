import { App, Form, Input, Radio, Select } from 'antd';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';
import { Money } from '@/shared/ui/money';
import { MoneyInput } from '@/shared/ui/money-input';

import { stepParams, type ClaimModalProps } from './modal-props';

type Opinion = Body<'/claims/{id}/first-review', 'post'>;

interface Values extends Omit<Opinion, 'document_ids'> {
  documents?: StoredDocument[];
}

interface Props extends ClaimModalProps {
  step: 'first' | 'bureau';
}

/** The manager's or the bureau's review: verdict, amount, opinion, and the site check. */
export function ReviewModal({ claim, open, onClose, step }: Props) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const first = api.useMutation('post', '/claims/{id}/first-review');
  const bureau = api.useMutation('post', '/claims/{id}/bureau-review');
  const options = api.useQuery('get', '/claims/options', {}, { enabled: open });
  const verdict = Form.useWatch('verdict', form.form) as Opinion['verdict'] | undefined;
  const review = step === 'first' ? first : bureau;
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title={step === 'first' ? '初审' : '知识产权局复核'}
      api={form}
      columns={2}
      initialValues={{ verdict: 'pass' }}
      submitting={review.isPending}
      submitText="提交复核"
      onFinish={({ documents, ...opinion }) =>
        review.mutate(
          {
            params: stepParams(claim),
            body: { ...opinion, document_ids: (documents ?? []).map((file) => file.id) },
          },
          {
            onSuccess: () => {
              void message.success('已提交复核');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      <FormWide>
        <Form.Item
          name="verdict"
          label="结论"
          rules={[{ required: true, message: '请选择结论' }]}
          extra={
            <>
              目前金额 <Money value={claim.adjusted ?? claim.asked} variant="exact" />
            </>
          }
        >
          <Radio.Group
            options={[
              { value: 'pass', label: '同意' },
              { value: 'adjust', label: '调整金额' },
              { value: 'reject', label: '不予补偿' },
            ]}
          />
        </Form.Item>
      </FormWide>
      {verdict === 'adjust' ? (
        <>
          <Form.Item
            name="amount"
            label="调整后的金额"
            rules={[{ required: true, message: '请填写调整后的金额' }]}
          >
            <MoneyInput />
          </Form.Item>
          <Form.Item
            name="reason_code"
            label="调整原因"
            rules={[{ required: true, message: '请选择调整原因' }]}
          >
            <Select
              options={(options.data?.reason_codes ?? []).map(({ value, text }) => ({
                value,
                label: text,
              }))}
            />
          </Form.Item>
        </>
      ) : null}
      {step === 'first' && verdict !== 'reject' ? (
        <>
          <Form.Item
            name="site_checked_on"
            label="现场核查日期"
            rules={[{ required: true, message: '请填写现场核查日期' }]}
          >
            <DateInput />
          </Form.Item>
          <FormWide>
            <Form.Item
              name="site_check"
              label="现场核查情况"
              rules={[{ required: true, message: '请填写现场核查情况' }]}
            >
              <Input.TextArea rows={3} maxLength={2000} />
            </Form.Item>
          </FormWide>
        </>
      ) : null}
      <FormWide>
        <Form.Item
          name="opinion"
          label="审核意见"
          rules={[{ required: true, message: '请填写审核意见' }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item name="documents" label="附件">
          <FileUpload maxCount={5} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
