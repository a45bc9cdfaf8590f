import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { FactList } from '@/shared/ui/fact-list';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './subsidy.module.css';

type Computation = Answer<'/subsidies/preview', 'get'>;
type Period = Computation['periods'][number];

const periods: ListColumn<Period>[] = [
  {
    key: 'number',
    title: '期次',
    render: (row) => <span className="num">第 {row.number} 期</span>,
  },
  {
    key: 'span',
    title: '计息期间（止息日不计）',
    render: (row) => (
      <span className="num">
        {formatDate(row.from)} 至 {formatDate(row.to)}
      </span>
    ),
  },
  {
    key: 'days',
    title: '天数',
    align: 'right',
    render: (row) => <span className="num">{row.days}</span>,
  },
  {
    key: 'balance',
    title: '计息本金',
    align: 'right',
    render: (row) => <Money value={row.balance} variant="exact" />,
  },
  {
    key: 'interest',
    title: '按时付息',
    align: 'right',
    render: (row) => <Money value={row.interest} variant="exact" />,
  },
  { key: 'note', title: '是否计入', render: (row) => (row.counted ? '计入' : row.note) },
];

/** How an amount was found, line by line: four bounds, the smallest binds. */
export function ComputationView({ computation }: { computation: Computation }) {
  const binding = computation.bounds.find((bound) => bound.code === computation.binding);
  return (
    <>
      <p className={styles.result}>
        可补助金额
        <strong>
          <Money value={computation.amount} variant="exact" />
        </strong>
        {binding ? `由“${binding.label}”决定` : null}
      </p>
      <ul className={styles.bounds} aria-label="四项上限">
        {computation.bounds.map((bound) => (
          <li
            key={bound.code}
            className={`${styles.bound} ${bound.code === computation.binding ? styles.binding : ''}`}
          >
            {bound.label}
            <strong>
              <Money value={bound.amount} variant="exact" />
            </strong>
            {bound.note ? <small>{bound.note}</small> : null}
          </li>
        ))}
      </ul>
      <FactList
        columns={1}
        facts={computation.lines.map((line) => ({ label: line.label, value: line.value }))}
      />
      {computation.periods.length > 0 ? (
        <>
          <h2 className={styles.head}>逐期利息</h2>
          <SimpleTable<Period>
            label="逐期利息"
            rows={computation.periods}
            columns={periods}
            rowKey={(row) => String(row.number)}
          />
        </>
      ) : null}
      <p className={styles.remark}>{computation.policy_text}</p>
    </>
  );
}
