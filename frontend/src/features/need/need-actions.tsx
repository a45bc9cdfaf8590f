import { useState } from 'react';

import { api } from '@/api/client';
import { ActionBar } from '@/shared/ui/action-bar';

import { AwardModal } from './award-modal';
import type { Need } from './status';

/** What this person may do with the need now. */
export function NeedActions({ need }: { need: Need }) {
  const [awarding, setAwarding] = useState(false);
  const submit = api.useMutation('post', '/needs/{id}/submit');
  const close = api.useMutation('post', '/needs/{id}/close');
  const reopen = api.useMutation('post', '/needs/{id}/reopen');
  const revise = api.useMutation('post', '/needs/{id}/revise');
  const cancel = api.useMutation('post', '/needs/{id}/cancel');
  const approve = api.useMutation('post', '/needs/{id}/approve');
  const giveBack = api.useMutation('post', '/needs/{id}/return');
  const reject = api.useMutation('post', '/needs/{id}/reject-bids');
  const params = { path: { id: need.id }, header: { 'If-Match': String(need.version) } };
  const toColleague = '已提交复核，复核通过后生效';
  return (
    <>
      <ActionBar
        available={need.available_actions}
        actions={{
          cancel: {
            label: '撤销需求',
            danger: true,
            reason: {
              title: '撤销后不能恢复，已收到的报价一并作废',
              label: '撤销原因',
              required: true,
            },
            run: (reason) => cancel.mutateAsync({ params, body: { reason } }),
            done: '已撤销',
          },
          revise: {
            label: '退回草稿修改',
            confirm: {
              title: '退回草稿后须重新签署和核验，确认？',
              description: '若只需再次招标，可直接“重新发布”。',
            },
            run: () => revise.mutateAsync({ params }),
            done: '已退回草稿',
          },
          edit: { label: '修改', to: `/console/needs/${need.id}/edit` },
          close: {
            label: '提前截止报价',
            confirm: {
              title: '提前截止报价？',
              description:
                '截止后不再接受任何报价，已提交的报价立即揭晓。此前您看不到有几家银行报价。',
            },
            run: () => close.mutateAsync({ params }),
            done: '报价已截止',
          },
          reject_bids: {
            label: '不再选定其余报价',
            danger: true,
            reason: {
              title: '其余报价将全部落选；若尚未选定任何报价，需求流标',
              label: '原因',
              required: true,
            },
            run: (reason) => reject.mutateAsync({ params, body: { reason } }),
            done: '已办理',
          },
          return: {
            label: '退回',
            danger: true,
            reason: { title: '退回融资需求（须复核）', label: '退回原因', required: true },
            run: (reason) => giveBack.mutateAsync({ params, body: { reason } }),
            done: toColleague,
          },
          reopen: {
            label: '重新发布',
            primary: true,
            confirm: {
              title: '以原条件重新发布？',
              description: `重新计算 ${need.bid_days_wd} 个工作日的报价期，各行重新密封报价。`,
            },
            run: () => reopen.mutateAsync({ params }),
            done: '已重新发布',
          },
          approve: {
            label: '核验通过',
            primary: true,
            confirm: {
              title: '提交复核人，复核通过后向银行发布？',
              description: `发布后报价期为 ${need.bid_days_wd} 个工作日。`,
            },
            run: () => approve.mutateAsync({ params }),
            done: toColleague,
          },
          submit: {
            label: '提交签署',
            primary: true,
            confirm: {
              title: '提交本单位签署人签署？',
              description: '签署后送知识产权局核验，核验通过即发布招标。',
            },
            run: () => submit.mutateAsync({ params }),
            done: '已提交，等待签署',
          },
          bid: { label: '我要报价', primary: true, to: `/console/bids/new?need_id=${need.id}` },
          award: { label: '选定报价', primary: true, run: () => setAwarding(true) },
        }}
      />
      <AwardModal need={need} open={awarding} onClose={() => setAwarding(false)} />
    </>
  );
}
