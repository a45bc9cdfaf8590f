import { App, Checkbox, Form } from 'antd';

import { api } from '@/api/client';
import { formatMoney, formatYuan } from '@/shared/format/money';
import { formatDecimal, formatRate } from '@/shared/format/rate';
import { useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';
import { MoneyInput } from '@/shared/ui/money-input';

import styles from './award-modal.module.css';
import type { Bid, Need } from './status';

interface Line {
  bid_id: string;
  amount: string;
}

interface Values {
  awards: Line[];
}

interface Props {
  need: Need;
  open: boolean;
  onClose: () => void;
}

/** Takes one or several bids, each up to its amount. The server checks the sums. */
export function AwardModal({ need, open, onClose }: Props) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const award = api.useMutation('post', '/needs/{id}/award');
  const query = api.useQuery(
    'get',
    '/needs/{id}/bids',
    { params: { path: { id: need.id } } },
    { enabled: open },
  );
  const bids = (query.data?.items ?? []).filter((bid) => bid.available_actions.includes('award'));
  const left = query.data?.left;
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="选定报价"
      api={form}
      columns={2}
      submitText="确认选定"
      submitting={award.isPending}
      initialValues={{ awards: [] }}
      onFinish={({ awards }) =>
        award.mutate(
          {
            params: { path: { id: need.id }, header: { 'If-Match': String(need.version) } },
            body: { awards },
          },
          {
            onSuccess: () => {
              void message.success('已选定，银行将开展贷前调查');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      <div style={{ gridColumn: '1 / -1' }}>
        <p style={{ marginBlock: '0 12px' }}>
          可选定一家或多家银行，合计不超过
          {left === undefined ? '需求金额' : `尚可选定的 ${formatYuan(left)}`}
          。选定后质押组合即被锁定，其余报价落选。
        </p>
        <Form.List name="awards">
          {(fields, { add, remove }) => (
            <div className={styles.rows}>
              {bids.map((bid) => (
                <Choice
                  key={bid.id}
                  bid={bid}
                  at={chosen(form.form.getFieldValue('awards') as Line[] | undefined, bid)}
                  fields={fields}
                  onAdd={() => add({ bid_id: bid.id, amount: bid.amount })}
                  onRemove={remove}
                />
              ))}
            </div>
          )}
        </Form.List>
      </div>
    </FormModal>
  );
}

function chosen(lines: readonly Line[] | undefined, bid: Bid): number {
  return lines?.findIndex((line) => line.bid_id === bid.id) ?? -1;
}

interface ChoiceProps {
  bid: Bid;
  /** Its place among the awards; -1 while it isn't chosen. */
  at: number;
  fields: readonly { name: number; key: number }[];
  onAdd: () => void;
  onRemove: (index: number) => void;
}

function Choice({ bid, at, fields, onAdd, onRemove }: ChoiceProps) {
  const field = at >= 0 ? fields[at] : undefined;
  return (
    <div className={styles.row} data-chosen={!!field}>
      <div>
        <Checkbox
          checked={!!field}
          onChange={(event) => (event.target.checked ? onAdd() : onRemove(at))}
        >
          {bid.bank_name}
        </Checkbox>
        <div className={styles.about}>
          报价 {formatMoney(bid.amount)}，年利率 {formatRate(bid.rate)}
          {bid.cost ? `，综合年化成本 ${formatDecimal(bid.cost.effective_annual_cost, 4)}%` : ''}
          ，期限 {bid.term_months} 个月
        </div>
      </div>
      {field ? (
        <>
          <Form.Item name={[field.name, 'bid_id']} hidden>
            <input type="hidden" />
          </Form.Item>
          <Form.Item
            className={styles.amount ?? ''}
            name={[field.name, 'amount']}
            label="选定金额"
            rules={[{ required: true, message: '请填写选定金额' }]}
          >
            <MoneyInput />
          </Form.Item>
        </>
      ) : null}
    </div>
  );
}
