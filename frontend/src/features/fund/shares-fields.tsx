import { Form } from 'antd';

import { RateInput } from '@/shared/ui/rate-input';

import { SHARE_NAMES, type Shares } from './shares';

/** The five shares of a loss; the server wants them to add up to 100. */
export function SharesFields() {
  return (
    <>
      {(Object.keys(SHARE_NAMES) as (keyof Shares)[]).map((seat) => (
        <Form.Item
          key={seat}
          name={['shares', seat]}
          label={`${SHARE_NAMES[seat]}分担比例`}
          rules={[{ required: true, message: '该项必填，不分担的填 0' }]}
        >
          <RateInput />
        </Form.Item>
      ))}
    </>
  );
}
