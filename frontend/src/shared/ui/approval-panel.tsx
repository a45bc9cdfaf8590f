import { AuditOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { requestJSON } from '@/api/request';
import { formatDateTime } from '@/shared/format/date';
import { ActionBar } from '@/shared/ui/action-bar';

import styles from './approval-panel.module.css';

/** `pending_approval` of a view (approval.PendingView): a step that waits for its checker. */
export interface PendingApproval {
  id: string;
  /** What was proposed, in words. */
  text: string;
  maker_name: string;
  made_at: string;
  can_sign: boolean;
  can_withdraw: boolean;
}

interface Props {
  approval: PendingApproval | null | undefined;
  /** What exactly is being signed: the figures, the differences. */
  children?: ReactNode;
}

/** Who proposed what, and, for those who may, the second signature or its refusal. */
export function ApprovalPanel({ approval, children }: Props) {
  const decide = useMutation({
    mutationFn: ({ verb, reason }: { verb: 'sign' | 'reject' | 'withdraw'; reason?: string }) =>
      requestJSON<unknown>('POST', `/approvals/${approval?.id}/${verb}`, {
        body: reason === undefined ? undefined : { reason },
      }),
  });
  if (!approval) return null;

  const available = [
    ...(approval.can_sign ? ['reject', 'sign'] : []),
    ...(approval.can_withdraw ? ['withdraw'] : []),
  ];
  return (
    <section className={styles.panel} aria-label="待复核事项">
      <div className={styles.words}>
        <h2>
          <AuditOutlined aria-hidden /> 待复核：{approval.text}
        </h2>
        <p>
          {approval.maker_name}
          <span className="num"> 于 {formatDateTime(approval.made_at)} </span>
          提交。{advice(approval)}
        </p>
        {children}
      </div>
      <ActionBar
        inline
        available={available}
        actions={{
          withdraw: {
            label: '撤回',
            confirm: { title: '撤回后需重新提交，确认撤回？' },
            run: () => decide.mutateAsync({ verb: 'withdraw' }),
            done: '已撤回',
          },
          reject: {
            label: '退回',
            danger: true,
            reason: { title: '退回经办人', label: '退回原因', required: true },
            run: (reason) => decide.mutateAsync({ verb: 'reject', reason }),
            done: '已退回经办人',
          },
          sign: {
            label: '复核通过',
            primary: true,
            confirm: {
              title: '确认复核通过？',
              description: '通过后立即生效，并记录您的姓名与时间。',
            },
            run: () => decide.mutateAsync({ verb: 'sign' }),
            done: '已复核通过',
          },
        }}
      />
    </section>
  );
}

function advice(approval: PendingApproval): string {
  if (approval.can_sign) return '请核对无误后复核通过；如有问题，请退回并说明原因。';
  if (approval.can_withdraw)
    return '经办与复核须由不同的人办理，请等待本单位有复核权限的同事处理。';
  return '请等待有复核权限的人员处理。';
}
