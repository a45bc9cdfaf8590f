import { keepPreviousData } from '@tanstack/react-query';
import { Skeleton } from 'antd';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { Deadline } from '@/shared/ui/deadline';
import { EmptyState } from '@/shared/ui/empty-state';
import { FactList } from '@/shared/ui/fact-list';
import { Money } from '@/shared/ui/money';
import { QueryView } from '@/shared/ui/query-view';

import { CheckList } from './check-list';

type Filing = Body<'/enrolments/precheck', 'post'>;

/** How the rules stand for the loan chosen, before anything is filed. */
export function Precheck({ filing }: { filing: Filing | undefined }) {
  if (!filing) {
    return (
      <EmptyState compact title="请先选择贷款" description="选择后在此逐项显示入库条件是否符合。" />
    );
  }
  return <Rules filing={filing} />;
}

function Rules({ filing }: { filing: Filing }) {
  const query = api.useQuery(
    'post',
    '/enrolments/precheck',
    { body: filing },
    { placeholderData: keepPreviousData, meta: { quiet: true } },
  );
  return (
    <QueryView query={query} skeleton={<Skeleton active />}>
      {(result) => (
        <>
          <FactList
            columns={1}
            facts={[
              { label: '备案期限', value: <Deadline on={result.due_on} /> },
              {
                label: '在保本金',
                value: <Money value={result.covered_outstanding} variant="exact" />,
              },
              { label: '基金敞口', value: <Money value={result.exposure} variant="exact" /> },
            ]}
          />
          <CheckList checks={result.checks} final={false} />
        </>
      )}
    </QueryView>
  );
}
