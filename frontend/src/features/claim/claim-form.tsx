import { Form, Input, Select } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import type { Answer, Input as Body } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { MoneyInput } from '@/shared/ui/money-input';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import { ClaimPreview } from './claim-preview';
import styles from './claim.module.css';

type Filing = Body<'/claims/{id}', 'put'>;
type Options = Answer<'/claims/options', 'get'>;

interface Values {
  enrolment_id?: string | undefined;
  asked?: string | undefined;
  recovered_before?: string | undefined;
  litigation_kind?: Filing['litigation_kind'];
  litigation_no?: string | undefined;
  litigation_on?: string | undefined;
  report?: string | undefined;
  recovery_plan?: string | undefined;
  papers?: Record<string, StoredDocument[] | undefined>;
}

interface Props {
  initial: Values;
  /** The loan in words where it can't be changed any more. */
  fixed?: string;
  /** Kinds of documents that are already there. */
  given: readonly string[];
  submitting: boolean;
  onFinish: (enrolment: string, filing: Filing, refuse: (error: unknown) => void) => void;
}

/** What a bank writes to claim, the checklist of documents, and the working beside it. */
export function ClaimForm(props: Props) {
  const options = api.useQuery('get', '/claims/options');
  return <QueryView query={options}>{(found) => <Fields {...props} options={found} />}</QueryView>;
}

function Fields(props: Props & { options: Options }) {
  const { initial, fixed, given, submitting, onFinish, options } = props;
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const loans = api.useQuery('get', '/claims/claimable', {}, { enabled: !fixed });
  const values = Form.useWatch([], form.form) as Values | undefined;
  const current = { ...initial, ...values };
  return (
    <div className={styles.page}>
      <Panel>
        <ApiFormView<Values>
          api={form}
          columns={2}
          submitting={submitting}
          submitText="保存"
          onCancel={() => void navigate(-1)}
          initialValues={initial}
          onFinish={(written) => {
            const { enrolment_id } = written;
            if (enrolment_id) onFinish(enrolment_id, filingOf(written), form.refuse);
          }}
        >
          <FormWide>
            <Form.Item
              name="enrolment_id"
              label="在保贷款"
              rules={[{ required: true, message: '请选择贷款' }]}
            >
              <Select
                disabled={!!fixed}
                placeholder="选择逾期的在保贷款"
                loading={loans.isFetching}
                options={
                  fixed
                    ? [{ value: initial.enrolment_id ?? '', label: fixed }]
                    : (loans.data?.items ?? []).map((loan) => ({
                        value: loan.enrolment_id,
                        label: `${loan.loan_number} ${loan.borrower_name} 逾期 ${loan.days_past_due} 天`,
                      }))
                }
                notFoundContent="没有逾期的在保贷款"
              />
            </Form.Item>
          </FormWide>
          <Form.Item
            name="recovered_before"
            label="申请前已收回本金"
            extra="尚未冲减贷款余额的部分；没有则不填。"
          >
            <MoneyInput />
          </Form.Item>
          <Form.Item name="asked" label="申请补偿金额" extra="不填为试算所得的最高补偿额。">
            <MoneyInput />
          </Form.Item>
          <Form.Item name="litigation_kind" label="立案方式">
            <Select allowClear options={[...options.litigation_kinds].map(choice)} />
          </Form.Item>
          <Form.Item name="litigation_no" label="案号">
            <Input maxLength={100} placeholder="如（2026）湘0502民初1号" />
          </Form.Item>
          <Form.Item name="litigation_on" label="立案日期">
            <DateInput />
          </Form.Item>
          <FormWide>
            <Form.Item name="report" label="申请报告" extra="贷款、逾期与损失的经过。">
              <Input.TextArea maxLength={4000} autoSize={{ minRows: 4 }} />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item name="recovery_plan" label="追偿方案">
              <Input.TextArea maxLength={4000} autoSize={{ minRows: 3 }} />
            </Form.Item>
          </FormWide>
          <FormWide>
            <h2 className={styles.heading}>材料清单</h2>
            <p className={styles.who}>
              保存草稿时可以留空；提交复核前，申请报告、追偿方案和九类材料须齐全。
            </p>
            <ol className={styles.checklist}>
              {options.document_kinds.map((kind, index) => (
                <li key={kind.value}>
                  <Form.Item
                    name={['papers', kind.value]}
                    label={`${index + 1}. ${kind.text}${given.includes(kind.value) ? '（已有，可补充）' : ''}`}
                  >
                    <FileUpload maxCount={5} />
                  </Form.Item>
                </li>
              ))}
            </ol>
          </FormWide>
        </ApiFormView>
      </Panel>
      <Panel title="损失与补偿试算">
        <ClaimPreview
          enrolment={current.enrolment_id}
          recovered={current.recovered_before}
          fixed={!!fixed}
        />
      </Panel>
    </div>
  );
}

function choice({ value, text }: { value: string; text: string }) {
  return { value, label: text };
}

function filingOf(values: Values): Filing {
  const { asked, recovered_before, litigation_kind, litigation_no, litigation_on } = values;
  const { report, recovery_plan, papers } = values;
  const documents = Object.entries(papers ?? {}).flatMap(([kind, files]) =>
    (files ?? []).map((file) => ({ kind, document_id: file.id })),
  );
  return {
    ...(asked ? { asked } : {}),
    ...(recovered_before ? { recovered_before } : {}),
    ...(litigation_kind ? { litigation_kind } : {}),
    ...(litigation_no ? { litigation_no } : {}),
    ...(litigation_on ? { litigation_on } : {}),
    ...(report ? { report } : {}),
    ...(recovery_plan ? { recovery_plan } : {}),
    ...(documents.length ? { documents } : {}),
  };
}
