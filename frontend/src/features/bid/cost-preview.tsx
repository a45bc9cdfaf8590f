import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect, useState } from 'react';

import { client } from '@/api/client';
import { toProblem } from '@/api/problem';
import { formatDate } from '@/shared/format/date';
import { formatDecimal } from '@/shared/format/rate';
import { FactList } from '@/shared/ui/fact-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { ProblemView } from '@/shared/ui/problem-view';
import { Rate } from '@/shared/ui/rate';

import type { BidInput, Preview } from './status';

interface Props {
  needID: string;
  values: Partial<Omit<BidInput, 'need_id'>>;
}

/** What is still empty counts as the mildest value, so that the limits show from the start. */
function asked(needID: string, values: Props['values']): BidInput {
  return {
    need_id: needID,
    amount: values.amount || '0.00',
    rate: values.rate || '0',
    term_months: values.term_months ?? 1,
    method: values.method ?? 'interest_only_bullet',
    fees: values.fees || '0.00',
    ltv: values.ltv || '0',
    conditions: '',
    valid_until: values.valid_until ?? '2100-01-01',
    ...(values.product_id ? { product_id: values.product_id } : {}),
  };
}

/** The server's figures for what is typed: cost, limits, and what would be refused. */
export function CostPreview({ needID, values }: Props) {
  const body = asked(needID, values);
  const text = useSettled(JSON.stringify(body));
  const query = useQuery({
    queryKey: ['bid-preview', text],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async () => {
      const { data } = await client.POST('/bids/preview', { body: JSON.parse(text) as BidInput });
      return data;
    },
  });
  if (query.error) return <ProblemView problem={toProblem(query.error)} />;
  if (!query.data) return null;
  return <Figures preview={query.data} values={values} />;
}

/** The value once it has stopped changing for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 400);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function Figures({ preview, values }: { preview: Preview; values: Props['values'] }) {
  // A field that nobody has filled in yet is no fault.
  const faults = preview.faults.filter((fault) => values[fault.field as keyof typeof values]);
  return (
    <div>
      <Panel title="成本试算">
        <FactList
          columns={1}
          facts={[
            {
              label: '利息合计',
              value: <Money value={preview.cost?.interest_total} variant="exact" />,
            },
            {
              label: '总成本',
              value: <Money value={preview.cost?.total_cost} variant="exact" strong />,
            },
            {
              label: '综合年化成本',
              value: preview.cost
                ? `${formatDecimal(preview.cost.effective_annual_cost, 4)}%`
                : '填写利率后给出',
            },
            values.rate && {
              label: '与 LPR 相比',
              value: `${preview.spread_bp < 0 ? '减' : '加'} ${Math.abs(preview.spread_bp)} 个基点`,
            },
          ]}
        />
        {faults.length > 0 ? (
          <Alert
            type="warning"
            showIcon
            style={{ marginTop: 12 }}
            title="按所填内容不能提交"
            description={
              <ul style={{ margin: 0, paddingInlineStart: 18 }}>
                {faults.map((fault) => (
                  <li key={fault.code}>{fault.message}</li>
                ))}
              </ul>
            }
          />
        ) : null}
      </Panel>
      <Panel title="报价限额">
        <FactList
          columns={1}
          facts={[
            { label: '最高金额', value: <Money value={preview.amount_max} variant="exact" /> },
            { label: '最高年利率', value: <Rate value={preview.rate_max} /> },
            {
              label: '1 年期 LPR',
              value: (
                <>
                  <Rate value={preview.lpr} />（{formatDate(preview.lpr_on)} 公布）
                </>
              ),
            },
            { label: '最长期限', value: `${preview.term_max_months} 个月` },
            { label: '利息以外费用', value: preview.fees_allowed ? '允许' : '不允许' },
            { label: '组合评估值', value: <Money value={preview.value} variant="exact" /> },
            values.ltv && {
              label: '按质押率可贷',
              value: <Money value={preview.amount_by_ltv} variant="exact" />,
            },
            { label: '有效期最早到', value: formatDate(preview.valid_until_min) },
          ]}
        />
      </Panel>
    </div>
  );
}
