import { Alert } from 'antd';
import { Link } from 'react-router';

import { useSession } from '@/shared/session';

const words: Partial<Record<string, string>> = {
  draft: '本单位的入驻申请尚未提交，提交并通过审核后方可办理业务。',
  submitted: '本单位的入驻申请正在审核，通过后方可办理业务。',
  returned: '本单位的入驻申请被退回，请按意见补正后重新提交。',
  suspended: '本单位已被暂停办理业务，如有疑问请联系主管部门。',
  closed: '本单位已注销，仅可查阅历史记录。',
};

/** Says above every page why most of them are still closed. */
export function AdmissionNotice() {
  const session = useSession();
  const text = words[session?.organization.status ?? ''];
  if (!session || !text) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={text}
      action={<Link to="/console/organization">查看</Link>}
      style={{ marginBottom: 16 }}
    />
  );
}
