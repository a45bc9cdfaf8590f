import { EmptyState } from '@/shared/ui/empty-state';
import { LinkButton } from '@/shared/ui/link-button';

/** For addresses that lead nowhere. */
export function NotFound() {
  return (
    <EmptyState
      page
      icon="search"
      title="没有找到这个页面"
      description="地址可能有误，或内容已被移除。请从菜单重新进入。"
      action={
        <LinkButton type="primary" to="/">
          返回平台首页
        </LinkButton>
      }
    />
  );
}
