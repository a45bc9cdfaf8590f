import { formatDecimal } from '@/shared/format/rate';
import { EmptyState } from '@/shared/ui/empty-state';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { SimpleTable } from '@/shared/ui/simple-table';

import { METHOD, VARIANT, type Method, type Results, type Workings } from './status';
import styles from './method-results.module.css';

interface Props {
  results: Results | undefined;
  workings?: Workings | undefined;
  method?: Method | '' | undefined;
}

/** The methods side by side: none of them is the conclusion by itself. */
export function MethodResults({ results, workings, method }: Props) {
  const shown = (Object.keys(METHOD) as Method[]).filter((each) => valueOf(results, each));
  if (!results || shown.length === 0) {
    return <EmptyState compact title="填写测算参数后显示各方法结果" />;
  }
  return (
    <>
      <div className={styles.row}>
        {shown.map((each) => (
          <div key={each} className={styles.card} data-main={each === method}>
            <span className={styles.name}>
              {METHOD[each]}
              {each === method ? '（主要方法）' : ''}
            </span>
            <Money value={valueOf(results, each)} variant="exact" strong />
            {each === 'income' && results.income ? (
              <span className={styles.note}>
                {workings?.income ? VARIANT[workings.income.variant] : ''}，折现率{' '}
                <Rate value={results.income.discount_rate} />
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {results.income ? (
        <SimpleTable
          label="收益法逐年现值"
          rows={results.income.years}
          rowKey={(row) => String(row.year)}
          columns={[
            {
              key: 'year',
              title: '年份',
              render: (row) => <span className="num">第 {row.year} 年</span>,
            },
            {
              key: 'earnings',
              title: '归属收益',
              align: 'right',
              render: (row) => <Money value={row.earnings} variant="exact" />,
            },
            {
              key: 'factor',
              title: '折现系数',
              align: 'right',
              render: (row) => <span className="num">{formatDecimal(row.factor, 8)}</span>,
            },
            {
              key: 'present',
              title: '现值',
              align: 'right',
              render: (row) => <Money value={row.present} variant="exact" />,
            },
          ]}
        />
      ) : null}
    </>
  );
}

function valueOf(results: Results | undefined, method: Method): string | undefined {
  return method === 'income' ? results?.income?.value : results?.[method];
}
