import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Select } from 'antd';

import { FormGrid } from '@/shared/ui/api-form';
import { MoneyInput } from '@/shared/ui/money-input';
import { RateInput } from '@/shared/ui/rate-input';

import { VARIANT } from './status';
import styles from './fields.module.css';

type Variant = keyof typeof VARIANT;

const path = (...rest: (string | number)[]) => ['workings', 'income', ...rest];

const parts = [
  ['risk_free', '无风险报酬率'],
  ['technology', '技术风险'],
  ['market', '市场及行业风险'],
  ['finance', '资金与管理风险'],
  ['specific', '知识产权特有风险'],
] as const;

/** Inputs of the income approach: forecast, share, and the discount rate built up. */
export function IncomeFields({ variant }: { variant: Variant | undefined }) {
  return (
    <>
      <FormGrid>
        <Form.Item name={path('variant')} label="具体方法" required>
          <Select
            options={(Object.keys(VARIANT) as Variant[]).map((value) => ({
              value,
              label: VARIANT[value],
            }))}
          />
        </Form.Item>
        {variant === 'excess_earnings' ? null : (
          <Form.Item
            name={path('share')}
            label={variant === 'royalty_relief' ? '许可费率' : '分成率'}
            required
          >
            <RateInput />
          </Form.Item>
        )}
        {variant === 'royalty_relief' ? (
          <Form.Item name={path('tax')} label="所得税率">
            <RateInput />
          </Form.Item>
        ) : null}
      </FormGrid>
      <h3 className={styles.title}>折现率（各项之和）</h3>
      <div className={styles.parts}>
        {parts.map(([name, label]) => (
          <Form.Item key={name} name={path('discount', name)} label={label} required>
            <RateInput />
          </Form.Item>
        ))}
      </div>
      <h3 className={styles.title}>逐年预测</h3>
      <Form.List name={path('years')}>
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <div key={field.key} className={styles.year}>
                <span className={`num ${styles.index}`}>第 {field.name + 1} 年</span>
                <Form.Item name={[field.name, 'income']} label={incomeLabel(variant)} required>
                  <MoneyInput />
                </Form.Item>
                {variant === 'revenue_share' ? (
                  <Form.Item name={[field.name, 'decay']} label="技术衰减系数">
                    <RateInput placeholder="不填为 100" />
                  </Form.Item>
                ) : null}
                {variant === 'excess_earnings' ? (
                  <Form.Item name={[field.name, 'charge']} label="贡献资产回报">
                    <MoneyInput />
                  </Form.Item>
                ) : null}
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={`删除第 ${field.name + 1} 年`}
                  disabled={fields.length === 1}
                  onClick={() => remove(field.name)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({})} disabled={fields.length >= 30}>
              增加一年
            </Button>
          </>
        )}
      </Form.List>
    </>
  );
}

function incomeLabel(variant: Variant | undefined): string {
  if (variant === 'profit_share') return '利润';
  if (variant === 'excess_earnings') return '现金流';
  return '销售收入';
}
