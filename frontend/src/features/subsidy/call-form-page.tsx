import { Form, Input, Select, InputNumber } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { ApiFormView, FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import { kindOptions } from './status';

type Values = Body<'/subsidy-calls', 'post'>;

interface Props {
  initial: Partial<Values>;
  submitting: boolean;
  onFinish: (values: Values, refuse: (error: unknown) => void) => void;
}

function CallForm({ initial, submitting, onFinish }: Props) {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  return (
    <Panel>
      <ApiFormView<Values>
        api={form}
        columns={2}
        submitting={submitting}
        submitText="保存草稿"
        onCancel={() => void navigate(-1)}
        initialValues={initial}
        onFinish={(values) => onFinish(values, form.refuse)}
      >
        <FormWide>
          <Form.Item
            name="title"
            label="名称"
            rules={[{ required: true, message: '请填写征集名称' }]}
          >
            <Input maxLength={100} placeholder="如：2025 年度知识产权质押融资补助" />
          </Form.Item>
        </FormWide>
        <Form.Item
          name="year"
          label="补助年度"
          rules={[{ required: true, message: '请填写补助年度' }]}
          extra="利息按该年度内按时支付的部分计算，费用须在该年度内支付。"
        >
          <InputNumber
            min={2020}
            max={2100}
            precision={0}
            controls={false}
            style={{ width: '100%' }}
          />
        </Form.Item>
        <Form.Item name="budget" label="预算" rules={[{ required: true, message: '请填写预算' }]}>
          <MoneyInput />
        </Form.Item>
        <Form.Item
          name="opens_on"
          label="开始受理"
          rules={[{ required: true, message: '请选择开始受理日期' }]}
        >
          <DateInput />
        </Form.Item>
        <Form.Item
          name="closes_on"
          label="截止"
          rules={[{ required: true, message: '请选择截止日期' }]}
          extra="截止当日仍可申请。"
        >
          <DateInput />
        </Form.Item>
        <FormWide>
          <Form.Item
            name="kinds"
            label="补助种类"
            rules={[{ required: true, message: '请至少选择一种补助' }]}
            extra="比例、上限与计算口径以发布当日生效的政策为准。"
          >
            <Select mode="multiple" options={kindOptions} />
          </Form.Item>
        </FormWide>
        <FormWide>
          <Form.Item name="guide" label="申报须知">
            <Input.TextArea maxLength={4000} rows={6} />
          </Form.Item>
        </FormWide>
      </ApiFormView>
    </Panel>
  );
}

/** Drafts a call. */
export function CallNewPage() {
  const navigate = useNavigate();
  const create = api.useMutation('post', '/subsidy-calls', {
    onSuccess: (call) => navigate(`/console/subsidy-calls/${call.id}`),
  });
  return (
    <>
      <PageHeader title="起草补助征集" back={{ to: '/console/subsidy-calls', label: '补助征集' }} />
      <CallForm
        initial={{ kinds: ['interest', 'valuation_fee'] }}
        submitting={create.isPending}
        onFinish={(body, refuse) => create.mutate({ body }, { onError: refuse })}
      />
    </>
  );
}

/** Mends a draft. */
export function CallEditPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const query = api.useQuery('get', '/subsidy-calls/{id}', { params: { path: { id } } });
  const edit = api.useMutation('put', '/subsidy-calls/{id}', {
    onSuccess: () => navigate(`/console/subsidy-calls/${id}`),
  });
  return (
    <QueryView query={query}>
      {(call) => (
        <>
          <PageHeader
            title={`修改补助征集 ${call.number}`}
            back={{ to: `/console/subsidy-calls/${id}`, label: call.title }}
          />
          <CallForm
            initial={{
              title: call.title,
              year: call.year,
              kinds: call.kinds,
              budget: call.budget,
              opens_on: call.opens_on,
              closes_on: call.closes_on,
              guide: call.guide,
            }}
            submitting={edit.isPending}
            onFinish={(body, refuse) =>
              edit.mutate(
                {
                  params: { path: { id }, header: { 'If-Match': String(call.version) } },
                  body,
                },
                { onError: refuse },
              )
            }
          />
        </>
      )}
    </QueryView>
  );
}
