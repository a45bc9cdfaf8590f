import { Form, Input, InputNumber, Spin } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { ApiFormView, FormGrid, FormWide, useApiForm } from '@/shared/ui/api-form';
import { MoneyInput } from '@/shared/ui/money-input';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { RateInput } from '@/shared/ui/rate-input';

import styles from './simulator.module.css';
import { GROUPS, type Inputs } from './words';

type Defaults = Answer<'/simulations/defaults', 'get'>;

interface Values extends Inputs {
  title?: string;
}

/** The question: defaults come from the policy in force and the portfolio. */
export function SimulationNewPage() {
  const [search] = useSearchParams();
  const from = search.get('from');
  const defaults = api.useQuery('get', '/simulations/defaults', {});
  const earlier = api.useQuery(
    'get',
    '/simulations/{id}',
    { params: { path: { id: from ?? '' } } },
    { enabled: !!from },
  );
  return (
    <>
      <PageHeader
        title="运行政策模拟"
        description="参数可自行调整；同一种子与参数总得到同样的结果。一次模拟约需几秒钟。"
        back={{ to: '/console/simulations', label: '政策模拟' }}
      />
      <QueryView query={defaults}>
        {(known) =>
          from && !earlier.data ? (
            <Panel>
              <QueryView query={earlier}>{() => null}</QueryView>
            </Panel>
          ) : (
            <Question defaults={known} initial={earlier.data?.inputs ?? known.inputs} />
          )
        }
      </QueryView>
    </>
  );
}

function Question({ defaults, initial }: { defaults: Defaults; initial: Inputs }) {
  const form = useApiForm<Values>();
  const navigate = useNavigate();
  const run = api.useMutation('post', '/simulations', {
    onSuccess: (simulation) => navigate(`/console/simulations/${simulation.id}`),
  });
  const sources = new Map(defaults.sources.map((source) => [source.field, source.text]));
  return (
    <Panel>
      {run.isPending ? (
        <div className={styles.running} role="status">
          <Spin size="large" />
          <strong>正在模拟 {initial.paths.toLocaleString('zh-CN')} 种可能…</strong>
          <span>并逐一增减各参数，约需几秒钟，请稍候。</span>
        </div>
      ) : null}
      <div hidden={run.isPending}>
        <ApiFormView<Values>
          api={form}
          columns={1}
          submitting={run.isPending}
          submitText="开始模拟"
          onCancel={() => void navigate(-1)}
          initialValues={initial}
          onFinish={({ title, ...inputs }) =>
            run.mutate(
              {
                body: {
                  inputs: { ...initial, ...inputs, seed: inputs.seed ?? 0 },
                  ...(title ? { title } : {}),
                },
              },
              { onError: form.refuse },
            )
          }
        >
          <div className={styles.groups}>
            <FormGrid columns={2}>
              <FormWide>
                <Form.Item name="title" label="名称">
                  <Input maxLength={100} placeholder="如：分担比例提高到 50%" />
                </Form.Item>
              </FormWide>
            </FormGrid>
            {GROUPS.map((group) => (
              <fieldset key={group.title} className={styles.group}>
                <legend>{group.title}</legend>
                <FormGrid columns={2}>
                  {group.fields.map((word) => (
                    <Form.Item
                      key={word.field}
                      name={word.field}
                      label={word.unit ? `${word.label}（${word.unit}）` : word.label}
                      rules={
                        word.field === 'seed'
                          ? []
                          : [{ required: true, message: `请填写${word.label}` }]
                      }
                      extra={
                        word.field === 'seed'
                          ? '填 0 或不填由系统选取，并随结果保存。'
                          : sources.get(word.field)
                      }
                    >
                      {word.kind === 'money' ? (
                        <MoneyInput />
                      ) : word.kind === 'rate' ? (
                        <RateInput />
                      ) : (
                        <InputNumber precision={0} controls={false} style={{ width: '100%' }} />
                      )}
                    </Form.Item>
                  ))}
                </FormGrid>
              </fieldset>
            ))}
          </div>
        </ApiFormView>
      </div>
    </Panel>
  );
}
