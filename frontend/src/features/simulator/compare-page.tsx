import { Link, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { formatMoney } from '@/shared/format/money';
import { EmptyState } from '@/shared/ui/empty-state';
import type { ListColumn } from '@/shared/ui/list-table';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

import { FanChart } from './fan-chart';
import styles from './simulator.module.css';
import { GROUPS, inputText, VERDICT, type Simulation } from './words';

interface Line {
  label: string;
  a: string;
  b: string;
}

/** Two runs side by side: what was put in, what came out. */
export function ComparePage() {
  const [search] = useSearchParams();
  const a = search.get('a') ?? '';
  const b = search.get('b') ?? '';
  return (
    <>
      <PageHeader
        title="比较政策模拟"
        description="两次模拟的参数与结果并排，不同之处标出。均为估算。"
        back={{ to: '/console/simulations', label: '政策模拟' }}
      />
      {a && b ? <Pair a={a} b={b} /> : <EmptyState title="请先在列表中选择两次模拟" />}
    </>
  );
}

function Pair({ a, b }: { a: string; b: string }) {
  const first = api.useQuery('get', '/simulations/{id}', { params: { path: { id: a } } });
  const second = api.useQuery('get', '/simulations/{id}', { params: { path: { id: b } } });
  return (
    <QueryView query={first}>
      {(left) => (
        <QueryView query={second}>{(right) => <SideBySide left={left} right={right} />}</QueryView>
      )}
    </QueryView>
  );
}

function SideBySide({ left, right }: { left: Simulation; right: Simulation }) {
  const columns: ListColumn<Line>[] = [
    { key: 'label', title: '项目', render: (line) => line.label },
    { key: 'a', title: left.title, align: 'right', render: (line) => cell(line, line.a) },
    { key: 'b', title: right.title, align: 'right', render: (line) => cell(line, line.b) },
  ];
  return (
    <div className={styles.stack}>
      <Panel title="结果（估算）">
        <SimpleTable<Line>
          label="结果比较"
          rows={results(left, right)}
          columns={columns}
          rowKey={(line) => line.label}
        />
      </Panel>
      <div className={styles.pair}>
        {[left, right].map((each) => (
          <Panel key={each.id}>
            <FanChart fan={each.result.fan} title={`${each.title}：基金余额（估算）`} />
            <Link to={`/console/simulations/${each.id}`}>查看全部结果</Link>
          </Panel>
        ))}
      </div>
      <Panel title="参数">
        <SimpleTable<Line>
          label="参数比较"
          rows={GROUPS.flatMap((group) => group.fields).map((word) => ({
            label: word.label,
            a: inputText(left.inputs, word),
            b: inputText(right.inputs, word),
          }))}
          columns={columns}
          rowKey={(line) => line.label}
        />
      </Panel>
    </div>
  );
}

function cell(line: Line, text: string) {
  return <span className={line.a === line.b ? 'num' : `num ${styles.differs ?? ''}`}>{text}</span>;
}

function results(left: Simulation, right: Simulation): Line[] {
  const line = (label: string, read: (each: Simulation) => string): Line => ({
    label,
    a: read(left),
    b: read(right),
  });
  const years = Math.min(left.result.years.length, right.result.years.length);
  return [
    line('结论', (each) => VERDICT[each.verdict].text),
    line('无力支付的概率', (each) => `${each.result.ruin_probability}%`),
    line('所需基金（95%）', (each) => formatMoney(each.result.capital_95)),
    line('所需基金（99%）', (each) => formatMoney(each.result.capital_99)),
    line('支撑目标规模所需基金', (each) => formatMoney(each.result.capital_leverage)),
    line('平均违约笔数', (each) => each.result.defaults),
    ...Array.from({ length: years }, (_, index) =>
      line(`第 ${index + 1} 年达标概率`, (each) => `${each.result.years[index]?.reached ?? '—'}%`),
    ),
  ];
}
