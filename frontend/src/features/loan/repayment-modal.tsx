import { App, Checkbox, Form } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import { toProblem } from '@/api/problem';
import type { Answer } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';
import { Money } from '@/shared/ui/money';
import { MoneyInput } from '@/shared/ui/money-input';

import styles from './loan.module.css';
import type { Loan } from './status';

type Allocation = Answer<'/loans/{id}/repayments/preview', 'post'>;

interface Values {
  on?: string;
  amount: string;
  prepayment?: boolean;
  principal_first?: boolean;
  documents?: StoredDocument[];
}

interface Props {
  loan: Loan;
  open: boolean;
  onClose: () => void;
}

/** A payment: first the server says what it is for, then it goes to a colleague. */
export function RepaymentModal({ loan, open, onClose }: Props) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const [seen, setSeen] = useState('');
  const preview = api.useMutation('post', '/loans/{id}/repayments/preview', {
    meta: { quiet: true },
  });
  const repay = api.useMutation('post', '/loans/{id}/repayments');
  const bodyOf = ({ documents, ...values }: Values) => ({
    ...values,
    document_ids: (documents ?? []).map((file) => file.id),
  });
  const close = () => {
    preview.reset();
    setSeen('');
    onClose();
  };
  const send = (values: Values) => {
    const asked = JSON.stringify(bodyOf(values));
    const params = { path: { id: loan.id } };
    if (asked !== seen) {
      preview.mutate(
        { params, body: bodyOf(values) },
        { onSuccess: () => setSeen(asked), onError: form.refuse },
      );
      return;
    }
    repay.mutate(
      {
        params: { ...params, header: { 'If-Match': String(loan.version) } },
        body: bodyOf(values),
      },
      {
        onSuccess: () => {
          void message.success('已提交复核，复核后入账');
          close();
        },
        onError: form.refuse,
      },
    );
  };
  // What belongs to a field is shown there.
  const problem = preview.error ? toProblem(preview.error) : undefined;
  const unplaced = problem?.errors.length === 0 ? problem.detail : '';
  return (
    <FormModal<Values>
      open={open}
      onClose={close}
      title="登记还款"
      api={form}
      columns={2}
      submitting={preview.isPending || repay.isPending}
      submitText={preview.data && seen ? '确认并提交复核' : '试算'}
      onFinish={send}
    >
      <Form.Item
        name="amount"
        label="还款金额"
        rules={[{ required: true, message: '请填写还款金额' }]}
        extra={
          loan.owed ? (
            <>
              今日到期应还 <Money value={loan.owed.due} variant="exact" />
            </>
          ) : undefined
        }
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item name="on" label="还款日" extra="不填为今天。">
        <DateInput />
      </Form.Item>
      <Form.Item name="prepayment" valuePropName="checked">
        <Checkbox>提前还款：超出到期应还的部分归还未到期本金</Checkbox>
      </Form.Item>
      {loan.days_past_due > 90 ? (
        <Form.Item name="principal_first" valuePropName="checked">
          <Checkbox>先冲本金（逾期超过 90 天）</Checkbox>
        </Form.Item>
      ) : null}
      <FormWide>
        <Form.Item name="documents" label="还款凭证">
          <FileUpload maxCount={5} />
        </Form.Item>
      </FormWide>
      {preview.data ? <Preview allocation={preview.data} /> : null}
      {unplaced ? (
        <p role="alert" style={{ gridColumn: '1 / -1', color: 'var(--danger)', margin: 0 }}>
          {unplaced}
        </p>
      ) : null}
    </FormModal>
  );
}

const LINES: [Exclude<keyof Allocation, 'settles'>, string][] = [
  ['costs', '垫付费用'],
  ['penalty', '罚息'],
  ['compound', '复利'],
  ['overdue_interest', '拖欠利息'],
  ['interest', '当期利息'],
  ['principal', '到期本金'],
  ['prepaid_interest', '提前归还本金的利息'],
  ['prepaid_principal', '提前归还的本金'],
];

function Preview({ allocation }: { allocation: Allocation }) {
  return (
    <section className={styles.preview} aria-live="polite">
      <strong>冲销顺序与金额</strong>
      <dl className={styles.owed}>
        {LINES.filter(([key]) => allocation[key] !== '0.00').map(([key, label]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>
              <Money value={allocation[key]} variant="exact" />
            </dd>
          </div>
        ))}
        <dt className={styles.total}>还后本金余额</dt>
        <dd className={styles.total}>
          <Money value={allocation.outstanding_after} variant="exact" />
        </dd>
      </dl>
      {allocation.settles ? <p className={styles.caution}>入账后贷款结清。</p> : null}
    </section>
  );
}
