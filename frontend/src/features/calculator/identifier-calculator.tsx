import { Form, Input as TextInput, Select, Tag } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { ApiFormView, useApiForm } from '@/shared/ui/api-form';
import { EmptyState } from '@/shared/ui/empty-state';
import { FactList } from '@/shared/ui/fact-list';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import styles from './calculators.module.css';

type Values = Query<'/identifiers/check', 'get'>;

const KINDS = [
  { value: 'uscc', label: '统一社会信用代码' },
  { value: 'patent', label: '专利号或专利申请号' },
  { value: 'trademark', label: '商标注册号' },
  { value: 'cnaps', label: '银行联行号' },
  { value: 'resident_id', label: '居民身份证号' },
  { value: 'gi', label: '地理标志编号' },
];

/** Whether a number is well formed; it proves nobody's right or identity. */
export function IdentifierCalculator() {
  const form = useApiForm<Values>();
  const [asked, setAsked] = useState<Values>();
  return (
    <div className={styles.split}>
      <Panel title="号码">
        <ApiFormView<Values>
          api={form}
          submitText="校验"
          initialValues={{ kind: 'uscc' }}
          onFinish={setAsked}
        >
          <Form.Item name="kind" label="种类" rules={[{ required: true }]}>
            <Select options={KINDS} />
          </Form.Item>
          <Form.Item name="value" label="号码" rules={[{ required: true, message: '请填写号码' }]}>
            <TextInput className="num" maxLength={100} autoComplete="off" spellCheck={false} />
          </Form.Item>
        </ApiFormView>
      </Panel>
      <Panel title="校验结果">
        {asked ? (
          <Answer asked={asked} />
        ) : (
          <EmptyState
            title="填写左侧内容后校验"
            description="校验通过只说明号码填写正确，不证明权属或身份。"
          />
        )}
      </Panel>
    </div>
  );
}

function Answer({ asked }: { asked: Values }) {
  const query = api.useQuery('get', '/identifiers/check', { params: { query: asked } });
  return (
    <QueryView query={query}>
      {(result) => (
        <div aria-live="polite">
          <p>
            <Tag color={result.valid ? 'success' : 'error'}>
              {result.valid ? '号码有效' : '号码有误'}
            </Tag>
          </p>
          {result.problems.length > 0 ? (
            <ul className={styles.problems}>
              {result.problems.map((problem) => (
                <li key={problem.code}>{problem.message}</li>
              ))}
            </ul>
          ) : null}
          <FactList
            columns={1}
            facts={[
              { label: '规范写法', value: <span className="num">{result.normalized}</span> },
              {
                label: '种类',
                value: KINDS.find((kind) => kind.value === result.kind)?.label ?? '其他',
              },
            ]}
          />
          <p className={styles.note}>校验通过只说明号码填写正确，不证明权属或身份。</p>
        </div>
      )}
    </QueryView>
  );
}
