import { Form, Input, Select, Switch } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

import type { Shares } from './shares';
import { SharesFields } from './shares-fields';

interface Values {
  name: string;
  area_code: string;
  custody_bank: string;
  own?: boolean;
  shares?: Shares;
}

/** A sub-fund of a county or park, with rules of its own where it has them. */
export function FundOpenPage() {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const areas = api.useQuery('get', '/areas');
  const open = api.useMutation('post', '/funds', {
    onSuccess: (fund) => navigate(`/console/funds/${fund.id}`),
  });
  const own = Form.useWatch('own', form.form) ?? false;
  return (
    <>
      <PageHeader
        title="设立子基金"
        description="为县市区或园区设立子基金，单独设账；提交后由财政局复核人签署设立。"
        back={{ to: '/console/funds', label: '风险补偿基金' }}
      />
      <Panel>
        <ApiFormView<Values>
          api={form}
          columns={2}
          submitting={open.isPending}
          submitText="提交复核"
          onCancel={() => void navigate('/console/funds')}
          onFinish={({ name, area_code, custody_bank, shares }) =>
            open.mutate(
              { body: { name, area_code, custody_bank, ...(own && shares ? { shares } : {}) } },
              { onError: form.refuse },
            )
          }
        >
          <Form.Item
            name="area_code"
            label="县市区或园区"
            rules={[{ required: true, message: '请选择县市区或园区' }]}
          >
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              loading={areas.isFetching}
              placeholder="请选择"
              options={(areas.data?.items ?? [])
                .filter((area) => area.kind !== 'city')
                .map((area) => ({ value: area.code, label: area.name }))}
            />
          </Form.Item>
          <Form.Item name="name" label="名称" rules={[{ required: true, message: '请填写名称' }]}>
            <Input maxLength={60} placeholder="如：隆回县知识产权质押融资风险补偿子基金" />
          </Form.Item>
          <FormWide>
            <Form.Item
              name="custody_bank"
              label="托管银行"
              rules={[{ required: true, message: '请填写托管银行' }]}
            >
              <Input maxLength={60} />
            </Form.Item>
          </FormWide>
          <FormWide>
            <Form.Item
              name="own"
              label="自定分担比例"
              valuePropName="checked"
              extra="不自定的按现行政策执行。"
            >
              <Switch checkedChildren="自定" unCheckedChildren="按政策" />
            </Form.Item>
          </FormWide>
          {own ? <SharesFields /> : null}
        </ApiFormView>
      </Panel>
    </>
  );
}
