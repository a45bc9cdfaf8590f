import { Form, InputNumber, Select, Switch } from 'antd';
import type { ReactNode } from 'react';

import { MoneyInput } from '@/shared/ui/money-input';
import { RateInput } from '@/shared/ui/rate-input';

import { allowedText, sourceText, type Definition } from './parameter';

/** The field of one parameter, drawn from its definition. */
export function ParameterField({ definition }: { definition: Definition }) {
  const hint = [allowedText(definition), sourceText(definition.source)].filter(Boolean).join('；');
  return (
    <Form.Item
      name={['parameters', definition.key]}
      label={definition.label}
      extra={hint}
      rules={[{ required: true, message: '该项必填' }]}
      {...(definition.kind === 'boolean' ? { valuePropName: 'checked' } : {})}
    >
      {input(definition)}
    </Form.Item>
  );
}

function input(definition: Definition): ReactNode {
  switch (definition.kind) {
    case 'rate':
      return <RateInput />;
    case 'amount':
      return <MoneyInput />;
    case 'boolean':
      return <Switch checkedChildren="是" unCheckedChildren="否" />;
    case 'choice':
      return (
        <Select
          options={definition.choices.map((each) => ({ value: each.value, label: each.text }))}
        />
      );
    default:
      return (
        <InputNumber
          className="num"
          style={{ width: '100%' }}
          precision={0}
          suffix={definition.unit}
        />
      );
  }
}
