import { useState } from 'react';

import { api } from '@/api/client';
import { ActionBar, type ActionSpec } from '@/shared/ui/action-bar';

import { AnswerModal } from './answer-modal';
import { ArrivalModal } from './arrival-modal';
import { ClawbackModal } from './clawback-modal';
import { PayModal } from './pay-modal';
import { PubliciseModal } from './publicise-modal';
import { ReviewModal } from './review-modal';
import { ScoreModal } from './score-modal';
import type { Claim } from './status';

type Form =
  | 'first_review'
  | 'bureau_review'
  | 'score'
  | 'publicise'
  | 'answer'
  | 'pay'
  | 'order_clawback'
  | 'claw_back';

/** What this person may do with the claim now; steps that need facts open a form. */
export function ClaimActions({ claim }: { claim: Claim }) {
  const [form, setForm] = useState<Form>();
  const open = (name: Form) => ({ run: () => setForm(name) });
  const steps = usePlainSteps(claim);
  const props = { claim, onClose: () => setForm(undefined) };
  return (
    <>
      <ActionBar
        available={claim.available_actions}
        actions={{
          ...steps,
          first_review: { label: '初审', primary: true, ...open('first_review') },
          score: { label: '评分', primary: true, ...open('score') },
          bureau_review: {
            label: claim.status === 'publicised' ? '重新复核' : '复核',
            primary: claim.status !== 'publicised' && claim.status !== 'bureau_reviewed',
            ...open('bureau_review'),
          },
          answer: { label: '答复异议', primary: true, ...open('answer') },
          publicise: { label: '公示', primary: true, ...open('publicise') },
          order_clawback: { label: '责令退回补偿款', danger: true, ...open('order_clawback') },
          claw_back: { label: '登记退回款到账', primary: true, ...open('claw_back') },
          pay: { label: '登记拨付', primary: true, ...open('pay') },
        }}
      />
      <ReviewModal {...props} open={form === 'first_review'} step="first" />
      <ReviewModal {...props} open={form === 'bureau_review'} step="bureau" />
      <ScoreModal {...props} open={form === 'score'} />
      <PubliciseModal {...props} open={form === 'publicise'} />
      <AnswerModal {...props} open={form === 'answer'} />
      <PayModal {...props} open={form === 'pay'} />
      <ClawbackModal {...props} open={form === 'order_clawback'} />
      <ArrivalModal {...props} open={form === 'claw_back'} />
    </>
  );
}

/** The steps that need a sentence at most. */
function usePlainSteps(claim: Claim): Record<string, ActionSpec> {
  const submit = api.useMutation('post', '/claims/{id}/submit');
  const resubmit = api.useMutation('post', '/claims/{id}/resubmit');
  const withdraw = api.useMutation('post', '/claims/{id}/withdraw');
  const accept = api.useMutation('post', '/claims/{id}/accept');
  const correct = api.useMutation('post', '/claims/{id}/correct');
  const refuse = api.useMutation('post', '/claims/{id}/refuse');
  const draw = api.useMutation('post', '/claims/{id}/draw');
  const recuse = api.useMutation('post', '/claims/{id}/recuse');
  const reject = api.useMutation('post', '/claims/{id}/reject');
  const approve = api.useMutation('post', '/claims/{id}/approve');
  const confirm = api.useMutation('post', '/claims/{id}/confirm');
  const sendBack = api.useMutation('post', '/claims/{id}/send-back');
  const close = api.useMutation('post', '/claims/{id}/close');
  const params = { path: { id: claim.id }, header: { 'If-Match': String(claim.version) } };
  const missing = claim.checklist.filter((item) => !item.given).length;
  const pending = '已提交复核';
  const hint = '提交后由本单位复核人签署，签署后生效。';
  const reason = (title: string, label: string, required = true, more = hint) => ({
    title,
    label,
    required,
    hint: more,
  });
  return {
    withdraw: {
      label: '撤回',
      danger: true,
      confirm: { title: '撤回这笔补偿申请？', description: '撤回后贷款恢复在保，可以重新申请。' },
      run: () => withdraw.mutateAsync({ params }),
      done: '已撤回',
    },
    edit: { label: '修改', to: `/console/claims/${claim.id}/edit` },
    submit: {
      label: '提交复核',
      primary: true,
      confirm: {
        title: '提交复核？',
        description: missing
          ? `材料清单还缺 ${missing} 项，缺少材料不能提交。`
          : '复核人签署后送交基金管理人受理。',
      },
      run: () => submit.mutateAsync({ params }),
      done: pending,
    },
    resubmit: {
      label: '补正后提交',
      primary: true,
      confirm: { title: '补正完毕，重新提交？', description: '复核人签署后重新送交受理。' },
      run: () => resubmit.mutateAsync({ params }),
      done: pending,
    },
    refuse: {
      label: '不予受理',
      danger: true,
      reason: reason('不予受理', '理由'),
      run: (text) => refuse.mutateAsync({ params, body: { reason: text } }),
      done: pending,
    },
    correct: {
      label: '要求补正',
      reason: reason(
        '要求银行补正',
        '需要补正的内容',
        true,
        '发出后受理期限停止计算，补正提交后重新起算。',
      ),
      run: (text) => correct.mutateAsync({ params, body: { reason: text } }),
      done: '已通知银行补正',
    },
    accept: {
      label: '受理',
      primary: true,
      reason: reason('受理', '受理意见', false, '材料齐全的予以受理，进入初审。'),
      run: (text) => accept.mutateAsync({ params, body: { reason: text } }),
      done: '已受理',
    },
    draw: {
      label: claim.experts.length > 0 ? '补抽专家' : '抽取专家',
      primary: claim.experts_wanted > 0,
      confirm: {
        title: '随机抽取评审专家？',
        description: '与各方当事单位有关联的专家自动排除，抽签种子公开留痕，不能重抽。',
      },
      run: () => draw.mutateAsync({ params }),
      done: '已抽取',
    },
    recuse: {
      label: '申请回避',
      danger: true,
      reason: reason('申请回避', '与本案的利害关系', true, '回避后由基金管理人另行抽取专家。'),
      run: (text) => recuse.mutateAsync({ params, body: { reason: text } }),
      done: '已回避',
    },
    reject: {
      label: '不予补偿',
      danger: true,
      reason: reason('不予补偿', '理由'),
      run: (text) => reject.mutateAsync({ params, body: { reason: text } }),
      done: pending,
    },
    approve: {
      label: '核准',
      primary: true,
      reason: reason('核准补偿', '核准意见', true, '本局复核人签署后，由财政局会签，会签后生效。'),
      run: (text) => approve.mutateAsync({ params, body: { reason: text } }),
      done: pending,
    },
    send_back: {
      label: '退回',
      danger: true,
      reason: reason('退回知识产权局', '理由', true, '退回后由知识产权局重新审定。'),
      run: (text) => sendBack.mutateAsync({ params, body: { reason: text } }),
      done: '已退回',
    },
    confirm: {
      label: '会签核准',
      primary: true,
      reason: reason('会签核准补偿', '会签意见', false, '会签后补偿即核准，账簿确认损失与应付款。'),
      run: (text) => confirm.mutateAsync({ params, body: { reason: text } }),
      done: '已核准',
    },
    close: {
      label: '办结',
      reason: reason('办结', '办结说明'),
      run: (text) => close.mutateAsync({ params, body: { reason: text } }),
      done: pending,
    },
  };
}
