import { App, Button, Form, Select } from 'antd';

import { api } from '@/api/client';
import type { StoredDocument } from '@/api/upload';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

import { stepParams, type RecoveryModalProps } from './modal-props';
import styles from './recovery.module.css';
import { COST, SOURCE, type Receipt } from './status';

interface Values {
  received_on: string;
  gross: string;
  source: Receipt['source'];
  interest_owed?: string;
  costs?: Receipt['cost_items'];
  documents?: StoredDocument[];
}

function options(words: Record<string, string>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** Money that came in, with what it cost to get it; the server shares it out. */
export function ReceiveModal({ recovery, open, onClose }: RecoveryModalProps) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const receive = api.useMutation('post', '/recoveries/{id}/receive');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="登记回款"
      api={form}
      columns={2}
      submitting={receive.isPending}
      submitText="提交复核"
      onFinish={({ documents, ...values }) =>
        receive.mutate(
          {
            params: stepParams(recovery),
            body: { ...values, document_ids: (documents ?? []).map((file) => file.id) },
          },
          {
            onSuccess: () => {
              void message.success('已提交复核，签署后按比例分配');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      <Form.Item
        name="gross"
        label="回款总额"
        rules={[{ required: true, message: '请填写回款总额' }]}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name="received_on"
        label="到账日期"
        rules={[{ required: true, message: '请填写到账日期' }]}
      >
        <DateInput min={recovery.compensated_on} />
      </Form.Item>
      <Form.Item
        name="source"
        label="回款来源"
        rules={[{ required: true, message: '请选择回款来源' }]}
      >
        <Select options={options(SOURCE)} />
      </Form.Item>
      <Form.Item
        name="interest_owed"
        label="尚欠利息、罚息"
        extra="本金足额追回后先归银行，其余退还出质人。"
      >
        <MoneyInput />
      </Form.Item>
      <FormWide>
        <Form.List name="costs">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div key={field.key} className={styles.cost}>
                  <Form.Item
                    name={[field.name, 'kind']}
                    label="费用种类"
                    rules={[{ required: true, message: '请选择费用种类' }]}
                  >
                    <Select options={options(COST)} />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'amount']}
                    label="金额"
                    rules={[{ required: true, message: '请填写金额' }]}
                  >
                    <MoneyInput />
                  </Form.Item>
                  <Button onClick={() => remove(field.name)}>删除</Button>
                </div>
              ))}
              <Button className={styles.add} onClick={() => add()}>
                添加追偿费用
              </Button>
            </>
          )}
        </Form.List>
      </FormWide>
      <FormWide>
        <Form.Item
          name="documents"
          label="入账凭证、费用票据"
          extra="扣除费用须上传票据或裁判文书。"
        >
          <FileUpload maxCount={10} />
        </Form.Item>
      </FormWide>
    </FormModal>
  );
}
