import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './claim.module.css';
import type { Claim } from './status';

type Computation = Claim['computation'];
type Line = Computation['lines'][number];
type Part = Computation['parts'][number];

const RESULTS = ['eligible_loss', 'fund_pay', 'approved'];

const lines: ListColumn<Line>[] = [
  {
    key: 'label',
    title: '项目',
    render: (line) =>
      RESULTS.includes(line.key) ? <strong>{line.label}</strong> : <span>{line.label}</span>,
  },
  {
    key: 'formula',
    title: '算法与依据',
    render: (line) => <span className={styles.formula}>{line.formula}</span>,
  },
  {
    key: 'amount',
    title: '金额（元）',
    align: 'right',
    render: (line) =>
      RESULTS.includes(line.key) ? (
        <strong>
          <Money value={line.amount} variant="exact" />
        </strong>
      ) : (
        <Money value={line.amount} variant="exact" />
      ),
  },
];

/** Beside a form there is room for two columns: the working stands below its name. */
const narrow: ListColumn<Line>[] = [
  {
    key: 'label',
    title: '项目与算法',
    render: (line) => (
      <span className={styles.stacked}>
        {RESULTS.includes(line.key) ? <strong>{line.label}</strong> : <span>{line.label}</span>}
        <span className={styles.formula}>{line.formula}</span>
      </span>
    ),
  },
  ...lines.slice(2),
];

const parts: ListColumn<Part>[] = [
  { key: 'name', title: '分担方', render: (part) => part.name },
  {
    key: 'share',
    title: '比例',
    align: 'right',
    render: (part) => <Rate value={part.share} variant="share" />,
  },
  {
    key: 'gross',
    title: '按比例分担',
    align: 'right',
    render: (part) => <Money value={part.gross} variant="exact" />,
  },
  {
    key: 'bears',
    title: '实际承担',
    align: 'right',
    render: (part) => (
      <strong>
        <Money value={part.bears} variant="exact" />
      </strong>
    ),
  },
];

/** The working of a loss, line by line, and who bears what of it. */
export function ComputationView({
  computation,
  beside = false,
}: {
  computation: Computation;
  /** In the narrow panel beside the form. */
  beside?: boolean;
}) {
  const borne = computation.parts.filter((part) => part.share !== '0' || part.bears !== '0.00');
  return (
    <div className={styles.working}>
      <SimpleTable<Line>
        label="损失计算"
        rows={computation.lines}
        columns={beside ? narrow : lines}
        rowKey={(line) => line.key}
      />
      <h3>各方承担</h3>
      <SimpleTable<Part>
        label="各方承担"
        rows={borne.filter((part) => part.bears !== '0.00' || part.gross !== '0.00')}
        columns={parts}
        rowKey={(part) => part.seat}
      />
    </div>
  );
}
