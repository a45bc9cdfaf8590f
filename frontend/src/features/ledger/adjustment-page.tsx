import { Alert, Button, Form, Input } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

import { AccountSelect } from './account-select';
import styles from './ledger.module.css';

type Values = Body<'/ledger/books/{id}/adjustments', 'post'>;

/** An entry by hand: made here, in effect when another signs. */
export function AdjustmentPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const form = useApiForm<Values>();
  const propose = api.useMutation('post', '/ledger/books/{id}/adjustments', {
    onSuccess: (made) =>
      navigate(
        made.pending_approval
          ? `/console/approvals/${made.pending_approval.id}`
          : `/console/ledger/${id}`,
      ),
  });
  return (
    <>
      <PageHeader title="手工调整" back={{ to: `/console/ledger/${id}`, label: '账簿' }} />
      <Panel>
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title="业务产生的分录请在相应业务中更正；这里只登记没有业务单据的更正。"
          description="每行把金额从转出科目移到转入科目；资金科目与备查科目不能混记。提交后由复核人签署生效。"
        />
        <ApiFormView<Values>
          api={form}
          columns={2}
          submitting={propose.isPending}
          submitText="提交复核"
          onCancel={() => void navigate(-1)}
          initialValues={{ postings: [{}] as Values['postings'] }}
          onFinish={(body) =>
            propose.mutate({ params: { path: { id } }, body }, { onError: form.refuse })
          }
        >
          <Form.Item
            name="reference"
            label="依据文号或编号"
            rules={[{ required: true, message: '请填写依据文号或编号' }]}
          >
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item
            name="effective_on"
            label="记账日期"
            rules={[{ required: true, message: '请选择记账日期' }]}
          >
            <DateInput />
          </Form.Item>
          <FormWide>
            <Form.Item
              name="narrative"
              label="调整原因"
              rules={[{ required: true, message: '请填写调整原因' }]}
            >
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.List name="postings">
              {(fields, { add, remove }) => (
                <div className={styles.stack}>
                  {fields.map((field, index) => (
                    <div key={field.key} className={styles.line}>
                      <Form.Item
                        name={[field.name, 'source']}
                        label={`第 ${index + 1} 行转出科目`}
                        rules={[{ required: true, message: '请选择转出科目' }]}
                      >
                        <AccountSelect bookId={id} aria-label={`第 ${index + 1} 行转出科目`} />
                      </Form.Item>
                      <Form.Item
                        name={[field.name, 'destination']}
                        label="转入科目"
                        rules={[{ required: true, message: '请选择转入科目' }]}
                      >
                        <AccountSelect bookId={id} aria-label={`第 ${index + 1} 行转入科目`} />
                      </Form.Item>
                      <Form.Item
                        name={[field.name, 'amount']}
                        label="金额"
                        rules={[{ required: true, message: '请填写金额' }]}
                      >
                        <MoneyInput />
                      </Form.Item>
                      {fields.length > 1 ? (
                        <Button
                          type="text"
                          danger
                          style={{ marginTop: 30 }}
                          onClick={() => remove(field.name)}
                        >
                          删除
                        </Button>
                      ) : null}
                    </div>
                  ))}
                  <div className={styles.more}>
                    <Button disabled={fields.length >= 100} onClick={() => add({})}>
                      增加一行
                    </Button>
                  </div>
                </div>
              )}
            </Form.List>
          </FormWide>
        </ApiFormView>
      </Panel>
    </>
  );
}
