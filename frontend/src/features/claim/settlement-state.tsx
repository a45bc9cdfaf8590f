import { Alert } from 'antd';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { ActionBar } from '@/shared/ui/action-bar';
import { ApprovalPanel } from '@/shared/ui/approval-panel';
import { Deadline } from '@/shared/ui/deadline';

import styles from './claim.module.css';

type Settlement = Answer<'/settlements', 'get'>;

/** Whether a year is settled, by whom, or by when it must be; the manager settles it here. */
export function SettlementState({ settlement }: { settlement: Settlement }) {
  const settle = api.useMutation('post', '/settlements');
  const { signed } = settlement;
  if (signed) {
    return (
      <>
        <p className={styles.signed}>
          {settlement.year} 年度已于 {formatDateTime(signed.settled_at)} 清算，
          {signed.prepared_name} 经办，{signed.checked_name}{' '}
          复核。以下为清算时签署的数字，不再变动。
        </p>
        {signed.changed ? (
          <Alert
            type="info"
            showIcon
            title="清算之后账簿有归属该年度的变动"
            description="签署的数字保持不变，差异请在下一年度清算中说明。"
          />
        ) : null}
      </>
    );
  }
  return (
    <>
      <ApprovalPanel approval={settlement.pending_approval} />
      <p className={styles.signed}>
        {settlement.year} 年度尚未清算，以下为账簿现在的数字。清算截止日{' '}
        <Deadline on={settlement.due_on} remaining={settlement.days_left} />
      </p>
      <ActionBar
        available={settlement.available_actions}
        actions={{
          settle: {
            label: '提交年度清算',
            primary: true,
            confirm: {
              title: `提交 ${settlement.year} 年度清算？`,
              description:
                '复核人签署后，各基金与各银行的清算数字固定下来，并在基金信息公开页公布。',
            },
            run: () => settle.mutateAsync({ body: { year: settlement.year } }),
            done: '已提交复核',
          },
        }}
      />
    </>
  );
}
