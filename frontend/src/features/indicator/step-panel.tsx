import { Link } from 'react-router';

import { Chart } from '@/shared/ui/chart';
import { Deadline } from '@/shared/ui/deadline';
import type { ListColumn } from '@/shared/ui/list-table';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './dashboard-page.module.css';
import { CountLink, FigureLink } from './figure-link';
import type { Cockpit } from './words';

type Step = Cockpit['steps'][number];

const columns: ListColumn<Step>[] = [
  { key: 'step', title: '环节', render: (step) => step.label },
  {
    key: 'count',
    title: '笔数',
    align: 'right',
    render: (step) => <CountLink value={step} label={step.label} />,
  },
  {
    key: 'amount',
    title: '金额',
    align: 'right',
    render: (step) => <FigureLink value={step} label={`${step.label}金额`} />,
  },
  {
    key: 'late',
    title: '已超期',
    align: 'right',
    render: (step) =>
      step.open ? <CountLink value={step.late} label={`${step.label}已超期`} /> : '—',
  },
  {
    key: 'oldest',
    title: '期限最早的一笔',
    render: (step) => (step.oldest ? <Oldest oldest={step.oldest} /> : '—'),
  },
];

function Oldest({ oldest }: { oldest: NonNullable<Step['oldest']> }) {
  const name = `${oldest.number} ${oldest.borrower}`;
  return (
    <>
      {oldest.link ? <Link to={oldest.link}>{name}</Link> : name}{' '}
      <Deadline on={oldest.due_on} remaining={oldest.days_left} />
    </>
  );
}

/** Claims by step, each with its clock of working days. */
export function StepPanel({ data }: { data: Cockpit }) {
  const open = data.steps.filter((step) => step.open);
  const count = (step: Step) => step.count ?? 0;
  const late = (step: Step) => step.late.count ?? 0;
  return (
    <Panel title="补偿申请与办理时限">
      <div className={styles.stack}>
        <SimpleTable<Step>
          label="补偿申请各环节"
          rows={data.steps}
          columns={columns}
          rowKey={(step) => step.key}
          empty="还没有补偿申请"
        />
        {open.length > 0 ? (
          <Chart
            title="在办申请"
            summary="超期按国务院公布的工作日历计算；金额为已核准额，未核准的为审核额或申请额。"
            height={220}
            option={{
              legend: { top: 0 },
              xAxis: { type: 'category', data: open.map((step) => step.label) },
              yAxis: { type: 'value', name: '笔', minInterval: 1 },
              series: [
                {
                  name: '期限内',
                  type: 'bar',
                  stack: 'steps',
                  barMaxWidth: 36,
                  data: open.map((step) => count(step) - late(step)),
                },
                {
                  name: '已超期',
                  type: 'bar',
                  stack: 'steps',
                  barMaxWidth: 36,
                  itemStyle: { color: '#b3402e' },
                  data: open.map(late),
                },
              ],
            }}
            table={{
              columns: [{ title: '环节' }, { title: '期限内' }, { title: '已超期' }],
              rows: open.map((step) => [
                step.label,
                `${count(step) - late(step)} 笔`,
                <CountLink key="late" value={step.late} label={`${step.label}已超期`} />,
              ]),
            }}
          />
        ) : null}
      </div>
    </Panel>
  );
}
