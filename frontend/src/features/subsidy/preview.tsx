import { keepPreviousData } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';

import { api } from '@/api/client';
import { toProblem } from '@/api/problem';
import type { Query } from '@/api/types';
import { EmptyState } from '@/shared/ui/empty-state';

import { ComputationView } from './computation-view';

type Asked = Query<'/subsidies/preview', 'get'>;

/** The amount as the policy gives it for what is filled in so far. */
export function Preview({ asked }: { asked: Asked | undefined }) {
  const text = useSettled(asked ? JSON.stringify(asked) : '');
  if (text === '') {
    return (
      <EmptyState
        compact
        title="填写后在此测算"
        description="选择征集、贷款和补助种类后显示逐项测算。"
      />
    );
  }
  return <Computed asked={JSON.parse(text) as Asked} />;
}

function Computed({ asked }: { asked: Asked }) {
  const query = api.useQuery(
    'get',
    '/subsidies/preview',
    { params: { query: asked } },
    { placeholderData: keepPreviousData, retry: false, meta: { quiet: true } },
  );
  if (query.error) {
    return <EmptyState compact title="暂不能测算" description={toProblem(query.error).detail} />;
  }
  if (!query.data) return <Skeleton active />;
  return <ComputationView computation={query.data} />;
}

/** The text once it has stopped changing: the API is asked when somebody stops typing. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 400);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
