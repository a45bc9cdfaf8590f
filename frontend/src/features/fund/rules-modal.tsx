import { Form, Switch } from 'antd';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { FormWide, useApiForm } from '@/shared/ui/api-form';
import { FormModal } from '@/shared/ui/form-modal';

import type { Shares } from './shares';
import { SharesFields } from './shares-fields';

type Fund = Answer<'/funds/{id}', 'get'>;

interface Values {
  own: boolean;
  shares?: Shares;
}

interface Props {
  fund: Fund;
  open: boolean;
  onClose: () => void;
}

/** A sub-fund's own loss shares, or back to the policy's. */
export function RulesModal({ fund, open, onClose }: Props) {
  const form = useApiForm<Values>();
  const change = api.useMutation('post', '/funds/{id}/change-rules', { onSuccess: onClose });
  const own = Form.useWatch('own', form.form) ?? true;
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="调整分担比例"
      submitText="提交复核"
      columns={2}
      api={form}
      submitting={change.isPending}
      initialValues={{ own: true, shares: fund.shares }}
      onFinish={(values) =>
        change.mutate(
          {
            params: { path: { id: fund.id } },
            body: values.own && values.shares ? { shares: values.shares } : {},
          },
          { onError: form.refuse },
        )
      }
    >
      <FormWide>
        <Form.Item
          name="own"
          label="本基金自定比例"
          valuePropName="checked"
          extra="关闭则改回按政策版本执行；已入库的贷款仍按入库时的比例分担。"
        >
          <Switch checkedChildren="自定" unCheckedChildren="按政策" />
        </Form.Item>
      </FormWide>
      {own ? <SharesFields /> : null}
    </FormModal>
  );
}
