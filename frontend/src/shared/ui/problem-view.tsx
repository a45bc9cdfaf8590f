import { Button } from 'antd';

import type { Problem } from '@/api/problem';
import { EmptyState } from '@/shared/ui/empty-state';

interface Props {
  problem: Problem;
  onRetry?: () => void;
  /** It stands for a whole page. */
  page?: boolean;
}

/** Something could not be loaded: the server's sentence, a number to quote, another try. */
export function ProblemView({ problem, onRetry, page = false }: Props) {
  const title =
    problem.status === 404
      ? '没有找到该内容'
      : problem.status === 403
        ? '没有查看权限'
        : '暂时无法加载';
  const description = (
    <>
      {problem.detail}
      {problem.request_id && problem.status >= 500 ? (
        <span className="num">（请求编号 {problem.request_id}）</span>
      ) : null}
    </>
  );
  const again = onRetry && problem.status !== 403 && problem.status !== 404;
  return (
    <EmptyState
      page={page}
      icon={problem.status === 403 ? 'shield' : problem.status === 404 ? 'search' : 'alert'}
      title={title}
      description={description}
      action={again ? <Button onClick={onRetry}>重新加载</Button> : null}
    />
  );
}
