import { App, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import { methodOptions, rightKindOptions } from '@/shared/market-words';
import { ApiFormView, FormWide, useApiForm, type ApiForm } from '@/shared/ui/api-form';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { RateInput } from '@/shared/ui/rate-input';

import type { Product, ProductInput } from './status';

/** Drafting a product of one's own bank. */
export function ProductCreatePage() {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const form = useApiForm<ProductInput>();
  const create = api.useMutation('post', '/products');
  return (
    <>
      <PageHeader
        title="起草贷款产品"
        description="存为草稿后提交本行复核，复核通过即在货架发布并参与匹配。"
        back={{ to: '/console/products', label: '贷款产品' }}
      />
      <ProductForm
        form={form}
        initial={{
          summary: '',
          term_min_months: 6,
          term_max_months: 12,
          min_life_months: 12,
          min_age_months: 12,
          sme_only: true,
          area_codes: [],
          industries: [],
        }}
        busy={create.isPending}
        onCancel={() => void navigate(-1)}
        onSave={(values) =>
          create.mutate(
            { body: values },
            {
              onSuccess: (made) => {
                void message.success('已存为草稿');
                void navigate(`/console/products/${made.id}`);
              },
              onError: form.refuse,
            },
          )
        }
      />
    </>
  );
}

/** Changing a draft. */
export function ProductEditPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/products/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(product) => <EditForm product={product} />}</QueryView>;
}

function EditForm({ product }: { product: Product }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const form = useApiForm<ProductInput>();
  const edit = api.useMutation('put', '/products/{id}');
  return (
    <>
      <PageHeader
        title="修改贷款产品"
        number={product.number}
        description="修改后须重新提交复核。"
        back={{ to: `/console/products/${product.id}`, label: product.name }}
      />
      <ProductForm
        form={form}
        initial={termsOf(product)}
        busy={edit.isPending}
        onCancel={() => void navigate(-1)}
        onSave={(values) =>
          edit.mutate(
            {
              params: { path: { id: product.id }, header: { 'If-Match': String(product.version) } },
              body: values,
            },
            {
              onSuccess: () => {
                void message.success('已保存');
                void navigate(`/console/products/${product.id}`);
              },
              onError: form.refuse,
            },
          )
        }
      />
    </>
  );
}

function termsOf(product: Product): ProductInput {
  const { name, summary, amount_min, amount_max, term_min_months, term_max_months } = product;
  const { rate_min, rate_max, methods, collateral_kinds, area_codes, industries } = product;
  const { ltv_max, min_life_months, min_age_months, sme_only } = product;
  return {
    name,
    summary,
    amount_min,
    amount_max,
    term_min_months,
    term_max_months,
    rate_min,
    rate_max,
    methods,
    collateral_kinds,
    area_codes,
    industries,
    ltv_max,
    min_life_months,
    min_age_months,
    sme_only,
  };
}

interface Props {
  form: ApiForm<ProductInput>;
  initial: Partial<ProductInput>;
  busy: boolean;
  onSave: (values: ProductInput) => void;
  onCancel: () => void;
}

function ProductForm({ form, initial, busy, onSave, onCancel }: Props) {
  return (
    <Panel>
      <ApiFormView<ProductInput>
        api={form}
        columns={2}
        submitText="存为草稿"
        submitting={busy}
        initialValues={initial}
        onFinish={onSave}
        onCancel={onCancel}
      >
        <FormWide>
          <Form.Item name="name" label="产品名称" rules={required('请填写产品名称')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="summary" label="产品说明" extra="在公开货架展示。">
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </FormWide>
        <Limits />
        <Conditions />
      </ApiFormView>
    </Panel>
  );
}

const required = (message: string) => [{ required: true, message }];

function Limits() {
  return (
    <>
      <Form.Item name="amount_min" label="单笔最低金额" rules={required('请填写最低金额')}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="amount_max" label="单笔最高金额" rules={required('请填写最高金额')}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="term_min_months" label="最短期限" rules={required('请填写最短期限')}>
        <InputNumber min={1} max={120} precision={0} style={{ width: '100%' }} suffix="个月" />
      </Form.Item>
      <Form.Item name="term_max_months" label="最长期限" rules={required('请填写最长期限')}>
        <InputNumber min={1} max={120} precision={0} style={{ width: '100%' }} suffix="个月" />
      </Form.Item>
      <Form.Item name="rate_min" label="最低年利率" rules={required('请填写最低年利率')}>
        <RateInput />
      </Form.Item>
      <Form.Item name="rate_max" label="最高年利率" rules={required('请填写最高年利率')}>
        <RateInput />
      </Form.Item>
      <Form.Item name="ltv_max" label="最高质押率" rules={required('请填写最高质押率')}>
        <RateInput />
      </Form.Item>
      <Form.Item name="methods" label="还款方式" rules={required('请选择还款方式')}>
        <Select mode="multiple" options={methodOptions} />
      </Form.Item>
    </>
  );
}

function Conditions() {
  const areas = api.useQuery('get', '/areas', {}, { staleTime: Infinity });
  return (
    <>
      <FormWide>
        <Form.Item
          name="collateral_kinds"
          label="接受的知识产权"
          rules={required('请选择接受的知识产权')}
        >
          <Select mode="multiple" options={rightKindOptions} />
        </Form.Item>
      </FormWide>
      <Form.Item name="area_codes" label="限定地区" extra="不选表示面向全市。">
        <Select
          mode="multiple"
          allowClear
          options={(areas.data?.items ?? [])
            .filter((area) => area.kind === 'county')
            .map((area) => ({ value: area.code, label: area.name }))}
        />
      </Form.Item>
      <Form.Item name="industries" label="限定行业" extra="输入后回车，不填表示不限。">
        <Select mode="tags" allowClear />
      </Form.Item>
      <Form.Item
        name="min_life_months"
        label="贷款到期后权利至少还应存续"
        rules={required('请填写月数')}
      >
        <InputNumber min={0} max={240} precision={0} style={{ width: '100%' }} suffix="个月" />
      </Form.Item>
      <Form.Item name="min_age_months" label="企业成立至少满" rules={required('请填写月数')}>
        <InputNumber min={0} max={600} precision={0} style={{ width: '100%' }} suffix="个月" />
      </Form.Item>
      <Form.Item name="sme_only" label="仅限中小微企业" valuePropName="checked">
        <Switch checkedChildren="是" unCheckedChildren="否" />
      </Form.Item>
    </>
  );
}
