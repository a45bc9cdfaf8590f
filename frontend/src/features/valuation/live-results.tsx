import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';

import { toProblem } from '@/api/problem';
import { requestJSON } from '@/api/request';
import { Panel } from '@/shared/ui/panel';

import { MethodResults } from './method-results';
import type { Method, Results } from './status';
import { useSettled } from './use-settled';
import { completeWorkings, type DraftWorkings } from './workings';

interface Props {
  draft: DraftWorkings | undefined;
  methods: Method[];
}

/** What the methods come to while their inputs are typed. The server calculates. */
export function LiveResults({ draft, methods }: Props) {
  const workings = completeWorkings(draft, methods);
  const settled = useSettled(JSON.stringify(workings));
  const ready = settled !== '{}';
  const query = useQuery({
    queryKey: ['valuation-calculate', settled],
    queryFn: ({ signal }) =>
      requestJSON<Results>('POST', '/valuations/calculate', {
        body: JSON.parse(settled) as unknown,
        signal,
      }),
    enabled: ready,
    retry: false,
    staleTime: Infinity,
    placeholderData: (before) => before,
    meta: { quiet: true },
  });
  const problem = ready && query.error ? toProblem(query.error) : undefined;
  return (
    <Panel title="方法并列测算">
      <div aria-live="polite">
        {problem ? (
          <Alert
            type="error"
            showIcon
            title={problem.errors[0]?.message ?? problem.detail}
            style={{ marginBottom: 12 }}
          />
        ) : null}
        <MethodResults
          results={ready && !problem ? query.data : undefined}
          workings={workings}
          method={methods[0] ?? ''}
        />
      </div>
    </Panel>
  );
}
