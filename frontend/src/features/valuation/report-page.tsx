import { App, Form, Input, Select } from 'antd';
import { useNavigate, useParams } from 'react-router';

import { api } from '@/api/client';
import { ApiFormView, FormGrid, FormWide, useApiForm } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import styles from './fields.module.css';
import { IncomeFields } from './income-fields';
import { LiveResults } from './live-results';
import { CostFields, MarketFields } from './other-fields';
import { ScorePanel } from './score-panel';
import { METHOD, methodOptions, type Method, type Valuation } from './status';
import { completeWorkings, initialReport, scoresOf, type ReportValues } from './workings';

/** An appraiser writes the report: methods side by side, and a conclusion for each right. */
export function ReportPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/valuations/{id}', { params: { path: { id } } });
  return <QueryView query={query}>{(valuation) => <ReportForm valuation={valuation} />}</QueryView>;
}

function ReportForm({ valuation }: { valuation: Valuation }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const form = useApiForm<ReportValues>();
  const initial = initialReport(valuation);
  const typed = (Form.useWatch([], form.form) as Partial<ReportValues> | undefined) ?? initial;
  const methods = [typed.method, typed.second_method].filter((each): each is Method => !!each);
  const write = api.useMutation('put', '/valuations/{id}/report', {
    onSuccess: () => {
      void message.success('报告已保存，请两名评估师签署');
      void navigate(`/console/valuations/${valuation.id}`);
    },
  });
  const save = ({ report_files, ...values }: ReportValues) => {
    const scores = scoresOf(values.workings);
    const file = report_files?.[0]?.id;
    write.mutate(
      {
        params: {
          path: { id: valuation.id },
          header: { 'If-Match': String(valuation.version) },
        },
        body: {
          ...values,
          items: valuation.items.map((item, index) => ({
            asset_id: item.asset_id,
            value: values.items[index]?.value ?? '',
          })),
          workings: {
            ...completeWorkings(values.workings, methods),
            ...(scores ? { scores } : {}),
          },
          ...(file ? { report_document_id: file } : {}),
        },
      },
      { onError: form.refuse },
    );
  };
  return (
    <>
      <PageHeader
        title="编制评估报告"
        number={valuation.number}
        description="评估结论由评估师负责，平台只按填写的参数测算供比较。保存后已有签署作废。"
        back={{ to: `/console/valuations/${valuation.id}`, label: '评估委托' }}
      />
      <ApiFormView<ReportValues>
        api={form}
        submitText="保存报告"
        submitting={write.isPending}
        initialValues={initial}
        onCancel={() => void navigate(-1)}
        onFinish={save}
      >
        <div className={styles.columns}>
          <div>
            <Panel title="基本要素">
              <BasicFields single={methods.length < 2} />
            </Panel>
            {methods.map((method) => (
              <Panel key={method} title={`${METHOD[method]}测算参数`}>
                {method === 'income' ? (
                  <IncomeFields variant={typed.workings?.income?.variant} />
                ) : method === 'market' ? (
                  <MarketFields />
                ) : (
                  <CostFields />
                )}
              </Panel>
            ))}
            <Panel title="价值度评分">
              <ScorePanel valuation={valuation} draft={typed.workings} />
            </Panel>
          </div>
          <div className={styles.side}>
            <LiveResults draft={typed.workings} methods={methods} />
            <Panel title="评估结论">
              <Conclusion valuation={valuation} />
            </Panel>
          </div>
        </div>
      </ApiFormView>
    </>
  );
}

function BasicFields({ single }: { single: boolean }) {
  return (
    <FormGrid>
      <Form.Item
        name="valuation_on"
        label="评估基准日"
        rules={[{ required: true, message: '请填写评估基准日' }]}
      >
        <DateInput />
      </Form.Item>
      <Form.Item name="value_type" label="价值类型" rules={[{ required: true }]}>
        <Select
          options={[
            { value: 'market', label: '市场价值' },
            { value: 'liquidation', label: '清算价值' },
          ]}
        />
      </Form.Item>
      <Form.Item name="method" label="主要方法" rules={[{ required: true }]}>
        <Select options={methodOptions} />
      </Form.Item>
      <Form.Item name="second_method" label="第二种方法">
        <Select options={[...methodOptions, { value: '', label: '只用一种方法' }]} />
      </Form.Item>
      {single ? (
        <FormWide>
          <Form.Item
            name="single_method_reason"
            label="只用一种方法的理由"
            rules={[{ required: true, message: '请说明只用一种方法的理由' }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </FormWide>
      ) : null}
      <FormWide>
        <Form.Item
          name="assumptions"
          label="评估假设"
          rules={[{ required: true, message: '请说明评估假设' }]}
        >
          <Input.TextArea rows={3} maxLength={4000} />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item name="restrictions" label="使用限制">
          <Input.TextArea rows={2} maxLength={4000} />
        </Form.Item>
      </FormWide>
      <FormWide>
        <Form.Item
          name="report_files"
          label="盖章报告扫描件"
          extra="不上传的，出具时由平台生成报告摘要并固定指纹"
        >
          <FileUpload maxCount={1} accept={['.pdf', '.ofd']} />
        </Form.Item>
      </FormWide>
    </FormGrid>
  );
}

function Conclusion({ valuation }: { valuation: Valuation }) {
  const required = [{ required: true, message: '请填写评估值' }];
  return (
    <>
      {valuation.items.map((item, index) => (
        <Form.Item
          key={item.asset_id}
          name={['items', index, 'value']}
          label={`${item.title}（${item.kind_text}）`}
          rules={required}
        >
          <MoneyInput />
        </Form.Item>
      ))}
      <Form.Item
        name="total"
        label="评估值合计"
        extra="须等于各项之和，保存时核对"
        rules={required}
      >
        <MoneyInput />
      </Form.Item>
    </>
  );
}
