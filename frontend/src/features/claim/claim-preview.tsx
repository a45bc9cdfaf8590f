import { keepPreviousData } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { useDeferredValue } from 'react';

import { api } from '@/api/client';
import { EmptyState } from '@/shared/ui/empty-state';
import { QueryView } from '@/shared/ui/query-view';

import { ComputationView } from './computation-view';

interface Props {
  enrolment: string | undefined;
  recovered: string | undefined;
  /** The claim exists already: its own cover is no longer free, so nothing is tried out. */
  fixed: boolean;
}

/** The working of the loss chosen, by the server, while the form is filled. */
export function ClaimPreview({ enrolment, recovered, fixed }: Props) {
  const amount = useDeferredValue(recovered);
  if (!enrolment) {
    return (
      <EmptyState compact title="请先选择贷款" description="选择后在此逐行显示损失与补偿的计算。" />
    );
  }
  if (fixed) {
    return (
      <EmptyState compact title="保存后重新计算" description="计算结果在申请详情的“损失计算”中。" />
    );
  }
  return <Working enrolment={enrolment} recovered={amount} />;
}

function Working({ enrolment, recovered }: { enrolment: string; recovered: string | undefined }) {
  const query = api.useQuery(
    'post',
    '/claims/preview',
    {
      body: {
        enrolment_id: enrolment,
        ...(recovered && /^\d+(\.\d{1,2})?$/.test(recovered)
          ? { recovered_before: recovered }
          : {}),
      },
    },
    { placeholderData: keepPreviousData, meta: { quiet: true } },
  );
  return (
    <QueryView query={query} skeleton={<Skeleton active />}>
      {(preview) => (
        <>
          {preview.refusals.map((refusal) => (
            <Alert
              key={refusal.code}
              type="warning"
              showIcon
              title={refusal.message}
              style={{ marginBottom: 12 }}
            />
          ))}
          <ComputationView beside computation={preview.computation} />
        </>
      )}
    </QueryView>
  );
}
