import { Alert, Button } from 'antd';

import { api } from '@/api/client';

/** Recomputes the whole chain and says where it breaks, if it does. */
export function ChainCheck() {
  const verify = api.useMutation('post', '/audit/verify');
  const report = verify.data;
  const button = (
    <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate({})}>
      校验完整性
    </Button>
  );
  if (!report) {
    return (
      <Alert
        type="info"
        showIcon
        title="逐条重算哈希，核对日志是否被改动、删除或插入。校验本身也记入日志。"
        action={button}
      />
    );
  }
  return report.ok ? (
    <Alert
      type="success"
      showIcon
      title={`校验通过：${report.sealed} 条记录首尾相连，未被改动。`}
      description={
        <>
          链尾指纹 <code style={{ wordBreak: 'break-all' }}>{report.head || '（尚无记录）'}</code>
        </>
      }
      action={button}
    />
  ) : (
    <Alert
      type="error"
      showIcon
      title={`校验不通过：第 ${report.break_at ?? 0} 条处断裂，请立即保全数据库并报告。`}
      description={report.problem}
      action={button}
    />
  );
}
