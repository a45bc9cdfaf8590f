import { Checkbox, Form, Input, Select } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import type { Input as Body, Item } from '@/api/types';
import type { StoredDocument } from '@/api/upload';
import { formatMoney } from '@/shared/format/money';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { FileUpload } from '@/shared/ui/file-upload';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import styles from './enrolment-form.module.css';
import { Precheck } from './precheck';
import { SeatSelect } from './seat-select';

type Asked = Body<'/enrolments/precheck', 'post'>;

interface Values {
  loan_id?: string | undefined;
  fund_id?: string | undefined;
  guarantor_id?: string | undefined;
  insurer_id?: string | undefined;
  appraiser_id?: string | undefined;
  clean_credit?: boolean;
  note?: string;
  documents?: StoredDocument[];
}

interface Props {
  initial: Values;
  /** The loan in words where it can't be changed any more. */
  fixedLoan?: string;
  submitting: boolean;
  onFinish: (body: Asked, refuse: (error: unknown) => void) => void;
}

interface FieldsProps extends Props {
  funds: readonly Item<'/funds'>[];
}

/** What a bank writes to enrol a loan, with the rules as they stand beside it. */
export function EnrolmentForm(props: Props) {
  const funds = api.useQuery('get', '/funds', {
    params: { query: { status: 'active', limit: 100 } },
  });
  return <QueryView query={funds}>{({ items }) => <Fields {...props} funds={items} />}</QueryView>;
}

function Fields({ initial: given, fixedLoan, submitting, onFinish, funds }: FieldsProps) {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const loans = api.useQuery('get', '/enrolments/unfiled-loans', {}, { enabled: !fixedLoan });
  const city = funds.find((each) => each.city)?.id;
  const initial = { ...given, fund_id: given.fund_id ?? city };
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
            const asked = rulesOf(written);
            if (!asked) return;
            const { note, documents } = written;
            onFinish(
              {
                ...asked,
                ...(note ? { note } : {}),
                ...(documents?.length ? { documents: documents.map((each) => each.id) } : {}),
              },
              form.refuse,
            );
          }}
        >
          <FormWide>
            <Form.Item
              name="loan_id"
              label="贷款"
              rules={[{ required: true, message: '请选择贷款' }]}
            >
              <Select
                disabled={!!fixedLoan}
                placeholder="选择已放款、尚未备案的贷款"
                loading={loans.isFetching}
                options={
                  fixedLoan
                    ? [{ value: initial.loan_id ?? '', label: fixedLoan }]
                    : (loans.data?.items ?? []).map((loan) => ({
                        value: loan.id,
                        label: `${loan.number} ${loan.borrower_name} ${formatMoney(loan.outstanding)}（期限 ${loan.due_on}）`,
                      }))
                }
                notFoundContent="没有待备案的贷款"
              />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item
              name="fund_id"
              label="备案到"
              rules={[{ required: true, message: '请选择基金' }]}
              extra="企业所在县市区或园区设有子基金的，可以选择子基金。"
            >
              <Select
                placeholder="请选择基金"
                options={funds.map((each) => ({
                  value: each.id,
                  label: each.name,
                }))}
              />
            </Form.Item>
          </FormWide>
          <Form.Item name="guarantor_id" label="融资担保机构">
            <SeatSelect kind="guarantor" placeholder="没有则不选" />
          </Form.Item>
          <Form.Item name="insurer_id" label="保险机构">
            <SeatSelect kind="insurer" placeholder="没有则不选" />
          </Form.Item>
          <FormWide>
            <Form.Item
              name="appraiser_id"
              label="评估处置机构"
              extra="未参与分担的一方，其份额按政策由指定方承担。"
            >
              <SeatSelect kind="appraisal_firm" placeholder="没有则不选" />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item name="clean_credit" valuePropName="checked">
              <Checkbox>本行据征信报告声明：企业在政策规定的年限内无不良信用记录</Checkbox>
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item
              name="documents"
              label="材料"
              extra="借款合同、放款凭证、质押登记证、分担协议等。"
            >
              <FileUpload maxCount={10} />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item name="note" label="说明">
              <Input.TextArea maxLength={500} rows={2} />
            </Form.Item>
          </FormWide>
        </ApiFormView>
      </Panel>
      <Panel title="入库条件试算">
        <Precheck filing={rulesOf(current)} />
      </Panel>
    </div>
  );
}

/** What the rules look at; undefined until a loan and a fund are known. */
function rulesOf(values: Values): Asked | undefined {
  const { loan_id, fund_id, guarantor_id, insurer_id, appraiser_id, clean_credit } = values;
  if (!loan_id || !fund_id) return undefined;
  return {
    loan_id,
    fund_id,
    clean_credit: clean_credit ?? false,
    ...(guarantor_id ? { guarantor_id } : {}),
    ...(insurer_id ? { insurer_id } : {}),
    ...(appraiser_id ? { appraiser_id } : {}),
  };
}
