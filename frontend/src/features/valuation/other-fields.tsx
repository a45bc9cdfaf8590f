import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';

import { FormGrid } from '@/shared/ui/api-form';
import { MoneyInput } from '@/shared/ui/money-input';
import { RateInput } from '@/shared/ui/rate-input';

import styles from './fields.module.css';

const adjustments = [
  '交易日期修正',
  '剩余期限修正',
  '保护范围修正',
  '技术水平修正',
  '交易条件修正',
];

/** Inputs of the market approach: comparable deals and their adjustments. */
export function MarketFields() {
  return (
    <Form.List name={['workings', 'market', 'comparables']}>
      {(fields, { add, remove }) => (
        <>
          {fields.map((field) => (
            <div key={field.key} className={styles.case}>
              <FormGrid>
                <Form.Item name={[field.name, 'name']} label={`可比案例 ${field.name + 1}`}>
                  <Input maxLength={100} />
                </Form.Item>
                <Form.Item name={[field.name, 'price']} label="成交价" required>
                  <MoneyInput />
                </Form.Item>
              </FormGrid>
              <div className={styles.parts}>
                {adjustments.map((label, index) => (
                  <Form.Item key={label} name={[field.name, 'adjustments', index]} label={label}>
                    <RateInput placeholder="100 为不修正" />
                  </Form.Item>
                ))}
              </div>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`删除可比案例 ${field.name + 1}`}
                disabled={fields.length === 1}
                onClick={() => remove(field.name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({})} disabled={fields.length >= 10}>
            增加案例
          </Button>
        </>
      )}
    </Form.List>
  );
}

/** Inputs of the cost approach. */
export function CostFields() {
  const path = (name: string) => ['workings', 'cost', name];
  return (
    <FormGrid>
      <Form.Item name={path('research')} label="研发成本" required>
        <MoneyInput />
      </Form.Item>
      <Form.Item name={path('filing')} label="申请与代理费">
        <MoneyInput />
      </Form.Item>
      <Form.Item name={path('upkeep')} label="维持费">
        <MoneyInput />
      </Form.Item>
      <Form.Item name={path('profit')} label="合理利润">
        <MoneyInput />
      </Form.Item>
      <Form.Item name={path('obsolescence')} label="贬值率">
        <RateInput />
      </Form.Item>
    </FormGrid>
  );
}
