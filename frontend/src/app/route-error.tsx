import { Button } from 'antd';
import { isRouteErrorResponse, useRouteError } from 'react-router';

import { NotFound } from '@/app/not-found';
import { Problem } from '@/api/problem';
import { EmptyState } from '@/shared/ui/empty-state';
import { ProblemView } from '@/shared/ui/problem-view';

/** A page that fell over keeps the frame around it, and never shows a stack. */
export function RouteError() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  if (error instanceof Problem) {
    return <ProblemView problem={error} onRetry={() => window.location.reload()} />;
  }
  // After a new release the browser may still ask for the pages of the old one.
  const stale = error instanceof TypeError && /import|fetch/i.test(error.message);
  return (
    <EmptyState
      page
      icon="alert"
      title={stale ? '平台已更新' : '页面出错'}
      description={
        stale
          ? '请刷新以使用新版本，已保存的内容不受影响。'
          : '请刷新后重试；如仍出现，请联系平台管理员。'
      }
      action={
        <Button type="primary" onClick={() => window.location.reload()}>
          刷新页面
        </Button>
      }
    />
  );
}
