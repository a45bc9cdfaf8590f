import { useQuery } from '@tanstack/react-query';
import { Collapse, Form, InputNumber } from 'antd';

import { api } from '@/api/client';
import { requestJSON } from '@/api/request';
import type { Answer } from '@/api/types';
import { formatDecimal } from '@/shared/format/rate';
import { Rate } from '@/shared/ui/rate';

import styles from './fields.module.css';
import { LEVEL1, type Indicator, type Valuation } from './status';
import { useSettled } from './use-settled';
import type { DraftWorkings } from './workings';

type Score = Answer<'/valuations/score', 'post'>;

interface Props {
  valuation: Valuation;
  draft: DraftWorkings | undefined;
}

/** Points for each indicator of each right: quality, never yuan. */
export function ScorePanel({ valuation, draft }: Props) {
  const indicators = api.useQuery('get', '/valuations/indicators', {}, { staleTime: Infinity });
  const items = indicators.data?.items ?? [];
  return (
    <>
      <p className={styles.sum} style={{ marginTop: 0 }}>
        {indicators.data?.notice}
      </p>
      <Collapse
        items={valuation.items.map((item) => ({
          key: item.asset_id,
          label: item.title,
          extra: <Total points={draft?.scores?.[item.asset_id]} count={items.length} />,
          children: <Points asset={item.asset_id} indicators={items} />,
        }))}
      />
    </>
  );
}

function Points({ asset, indicators }: { asset: string; indicators: readonly Indicator[] }) {
  return (
    <>
      {(Object.keys(LEVEL1) as Indicator['level1'][]).map((level) => (
        <section key={level} aria-label={LEVEL1[level]}>
          <h3 className={styles.title}>{LEVEL1[level]}</h3>
          <div className={styles.scores}>
            {indicators
              .filter((indicator) => indicator.level1 === level)
              .map((indicator) => (
                <Form.Item
                  key={indicator.code}
                  name={['workings', 'scores', asset, indicator.code]}
                  label={`${indicator.level2}：${indicator.text}`}
                >
                  <InputNumber
                    stringMode
                    min="0"
                    max="10"
                    step="0.5"
                    precision={1}
                    suffix="分"
                    style={{ width: '100%' }}
                  />
                </Form.Item>
              ))}
          </div>
        </section>
      ))}
    </>
  );
}

function Total({
  points,
  count,
}: {
  points: Record<string, string | undefined> | undefined;
  count: number;
}) {
  const given = Object.fromEntries(Object.entries(points ?? {}).filter(([, point]) => !!point));
  const complete = count > 0 && Object.keys(given).length === count;
  const settled = useSettled(JSON.stringify({ scores: given }));
  const query = useQuery({
    queryKey: ['valuation-score', settled],
    queryFn: ({ signal }) =>
      requestJSON<Score>('POST', '/valuations/score', {
        body: JSON.parse(settled) as unknown,
        signal,
      }),
    enabled: complete,
    retry: false,
    staleTime: Infinity,
    meta: { quiet: true },
  });
  if (Object.keys(given).length === 0) return <span className={styles.sum}>未评分（选填）</span>;
  if (!complete) {
    return (
      <span className={styles.sum}>
        已评 {Object.keys(given).length} / {count} 项
      </span>
    );
  }
  if (!query.data) return null;
  return (
    <span className="num">
      {formatDecimal(query.data.total)} 分，{query.data.grade} 级，质押率系数{' '}
      <Rate value={query.data.ltv_factor} variant="share" />
    </span>
  );
}
