import { Form, Input, Select } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

type Values = Body<'/valuations', 'post'>;

const ready = ['verified', 'listed', 'reserved', 'pledged', 'in_disposal'];

/** An enterprise asks a firm to value some of its verified rights. */
export function ValuationOrderPage() {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const firms = api.useQuery('get', '/valuations/firms');
  const assets = api.useQuery('get', '/assets', { params: { query: { limit: 100 } } });
  const place = api.useMutation('post', '/valuations', {
    onSuccess: (made) => void navigate(`/console/valuations/${made.id}`),
  });
  const chosen = search.get('asset');
  return (
    <>
      <PageHeader
        title="委托评估"
        description="评估机构接单时报价；出具报告前您可查看进度，不能查看评估值。"
        back={{ to: '/console/valuations', label: '评估' }}
      />
      <Panel>
        <ApiFormView<Values>
          api={form}
          columns={2}
          submitText="提交委托"
          submitting={place.isPending}
          initialValues={{ purpose: '知识产权质押融资', asset_ids: chosen ? [chosen] : [] }}
          onCancel={() => void navigate(-1)}
          onFinish={(body) => place.mutate({ body }, { onError: form.refuse })}
        >
          <FormWide>
            <Form.Item
              name="asset_ids"
              label="评估对象"
              rules={[{ required: true, message: '请选择要评估的知识产权' }]}
              extra="只列出已核验且有效的知识产权"
            >
              <Select
                mode="multiple"
                loading={assets.isPending}
                optionFilterProp="label"
                placeholder="可多选"
                options={(assets.data?.items ?? [])
                  .filter((asset) => ready.includes(asset.status))
                  .map((asset) => ({
                    value: asset.id,
                    label: `${asset.kind_text} ${asset.title}（${asset.right_no}）`,
                  }))}
              />
            </Form.Item>
          </FormWide>
          <Form.Item
            name="firm_id"
            label="评估机构"
            rules={[{ required: true, message: '请选择评估机构' }]}
          >
            <Select
              loading={firms.isPending}
              placeholder="请选择"
              options={(firms.data?.items ?? []).map((firm) => ({
                value: firm.id,
                label: firm.filing_no ? `${firm.name}（备案 ${firm.filing_no}）` : firm.name,
              }))}
            />
          </Form.Item>
          <Form.Item name="purpose" label="评估目的">
            <Input maxLength={100} />
          </Form.Item>
          <FormWide>
            <Form.Item name="note" label="说明">
              <Input.TextArea rows={3} maxLength={1000} placeholder="时间要求、已备材料等" />
            </Form.Item>
          </FormWide>
        </ApiFormView>
      </Panel>
    </>
  );
}
