import { Chart, plot } from '@/shared/ui/chart';
import { Rate } from '@/shared/ui/rate';
import type { ListColumn } from '@/shared/ui/list-table';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';
import { useNarrow } from '@/shared/ui/use-narrow';

import styles from './dashboard-page.module.css';
import { FigureLink } from './figure-link';
import { BREAKER, yuanAxis, type Cockpit, type Value } from './words';

type Group = Cockpit['banks'][number];

interface Props {
  title: string;
  /** What a group is: 银行, 县市区. */
  noun: string;
  groups: readonly Group[];
  year: number;
  note: string;
}

function money(
  key: string,
  title: string,
  of: (group: Group) => Value,
  card?: 'hidden',
): ListColumn<Group> {
  return {
    key,
    ...(card ? { card } : {}),
    title,
    align: 'right',
    render: (group) => <FigureLink value={of(group)} label={`${group.name}${title}`} />,
  };
}

function columns({ noun, year }: Props): ListColumn<Group>[] {
  const banks = noun === '银行';
  const breaker: ListColumn<Group> = {
    key: 'breaker',
    title: '熔断状态',
    card: 'status',
    render: (group) => (group.breaker ? <StatusTag status={group.breaker} map={BREAKER} /> : '—'),
  };
  return [
    { key: 'name', title: noun, render: (group) => group.name },
    ...(banks ? [breaker] : []),
    money('enrolled', '在保余额', (group) => group.enrolled),
    {
      key: 'count',
      title: '在保笔数',
      align: 'right',
      card: 'hidden',
      render: (group) => <span className="num">{group.enrolled.count ?? '—'}</span>,
    },
    money('exposure', '基金敞口', (group) => group.exposure, 'hidden'),
    money('npl', '不良余额', (group) => group.npl),
    {
      key: 'ratio',
      title: '不良率',
      align: 'right',
      render: (group) => <Rate value={group.npl_ratio} variant="ratio" />,
    },
    money('committed', '已核准未拨付', (group) => group.committed, 'hidden'),
    money('paid', `${year} 年已拨`, (group) => group.paid),
    money('recovered', `${year} 年追回`, (group) => group.recovered),
    ...(banks ? [] : [money('paid_in', '基金出资', (group) => group.paid_in)]),
    money('disbursed', `${year} 年放款`, (group) => group.disbursed),
  ];
}

function known(group: Group): boolean {
  const values = [group.enrolled, group.paid, group.recovered, group.paid_in, group.disbursed];
  return values.some((value) => value.amount !== undefined);
}

/** The figures cut by bank or county: bars to compare, and the table with the way to the rows. */
export function GroupPanel(props: Props) {
  const { title, noun, groups, year, note } = props;
  const drawn = groups.filter((group) => group.enrolled.amount ?? group.disbursed.amount);
  const narrow = useNarrow();
  // On a phone a card of dashes only takes room.
  const listed = narrow ? groups.filter(known) : groups;
  const lying = [...drawn].reverse();
  const names = lying.map((group) => group.name);
  const bar = (name: string, of: (group: Group) => Value) => ({
    name,
    type: 'bar',
    barMaxWidth: 14,
    data: lying.map((group) => plot(of(group).amount)),
  });
  return (
    <Panel title={title}>
      <div className={styles.stack}>
        <Chart
          title={`${title}在保余额、不良余额与 ${year} 年放款`}
          height={Math.max(220, drawn.length * 46 + 70)}
          option={{
            legend: { top: 0 },
            xAxis: { ...yuanAxis, splitNumber: narrow ? 2 : 4 },
            yAxis: {
              type: 'category',
              data: names,
              ...(narrow ? { axisLabel: { width: 96, overflow: 'truncate' } } : {}),
            },
            series: [
              bar('在保余额', (group) => group.enrolled),
              bar('不良余额', (group) => group.npl),
              bar(`${year} 年放款`, (group) => group.disbursed),
            ],
          }}
          table={{
            columns: [
              { title: noun },
              { title: '在保余额' },
              { title: '不良余额' },
              { title: '不良率' },
              { title: `${year} 年放款` },
            ],
            rows: drawn.map((group) => [
              group.name,
              <FigureLink key="enrolled" value={group.enrolled} label={`${group.name}在保余额`} />,
              <FigureLink key="npl" value={group.npl} label={`${group.name}不良余额`} />,
              <Rate key="ratio" value={group.npl_ratio} variant="ratio" />,
              <FigureLink key="lent" value={group.disbursed} label={`${group.name}放款`} />,
            ]),
          }}
        />
        <SimpleTable<Group>
          label={`${title}数字`}
          rows={listed}
          columns={columns(props)}
          rowKey={(group) => group.key}
          empty="还没有备案或放款"
        />
        <p className={styles.note}>
          {note}
          {listed.length < groups.length ? `没有数据的${noun}从略。` : ''}
        </p>
      </div>
    </Panel>
  );
}
