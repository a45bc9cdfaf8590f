import { roleWords, useSession } from '@/shared/session';
import { EmptyState } from '@/shared/ui/empty-state';
import { LinkButton } from '@/shared/ui/link-button';

/** Says which role one has now, because switching the organisation often is the answer. */
export function Forbidden() {
  const session = useSession();
  const roles = session ? roleWords(session) : '';
  return (
    <EmptyState
      page
      icon="shield"
      title="当前身份不能查看此页"
      description={`您正以${session?.organization.name ?? '访客'}${roles ? `（${roles}）` : ''}的身份使用平台。如需办理，请切换所属机构，或联系本单位管理员授权。`}
      action={
        <LinkButton type="primary" to="/console">
          返回首页
        </LinkButton>
      }
    />
  );
}
