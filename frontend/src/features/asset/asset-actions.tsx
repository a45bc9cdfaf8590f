import { useState } from 'react';

import { api } from '@/api/client';
import { ActionBar } from '@/shared/ui/action-bar';

import { AttachModal, EventModal, UpkeepModal, type EventAction } from './asset-modals';
import type { AssetDetail } from './status';

/** What this person may do with the right now; steps that need facts open a form. */
export function AssetActions({ asset }: { asset: AssetDetail }) {
  const [event, setEvent] = useState<EventAction>();
  const [open, setOpen] = useState<'upkeep' | 'attach'>();
  const submit = api.useMutation('post', '/assets/{id}/submit');
  const list = api.useMutation('post', '/assets/{id}/list');
  const acknowledge = api.useMutation('post', '/assets/{id}/acknowledge');
  const withdraw = api.useMutation('post', '/assets/{id}/withdraw');
  const verify = api.useMutation('post', '/assets/{id}/verify');
  const reject = api.useMutation('post', '/assets/{id}/reject');
  const params = { path: { id: asset.id }, header: { 'If-Match': String(asset.version) } };
  const toColleague = '已提交复核，复核通过后生效';
  const eventSpec = (action: EventAction, label: string, danger = true) => ({
    label,
    danger,
    run: () => setEvent(action),
  });
  return (
    <>
      <ActionBar
        available={asset.available_actions}
        actions={{
          attach: { label: '补充材料', run: () => setOpen('attach') },
          record_upkeep: {
            label: asset.nice_class ? '登记续展' : '登记缴费',
            run: () => setOpen('upkeep'),
          },
          freeze: eventSpec('freeze', '登记冻结'),
          lapse: eventSpec('lapse', '登记失效'),
          invalidate: eventSpec('invalidate', '登记无效'),
          challenge: eventSpec(
            'challenge',
            asset.invalidation_pending ? '登记无效程序终结' : '登记无效程序启动',
          ),
          restore: eventSpec('restore', '登记恢复', false),
          withdraw: {
            label: asset.verified_at ? '下架' : '撤销登记',
            danger: true,
            reason: {
              title: asset.verified_at ? '下架后不能再用于融资' : '撤销后须重新登记',
              label: '原因',
            },
            run: (reason) => withdraw.mutateAsync({ params, body: { reason } }),
            done: '已办理',
          },
          edit: { label: '修改', to: `/console/assets/${asset.id}/edit` },
          acknowledge: {
            label: '确认知悉风险',
            confirm: {
              title: '确认知悉上述风险并声明继续办理？',
              description: '同日申请发明专利或无效宣告程序可能影响质押登记，声明将记入办理记录。',
            },
            run: () => acknowledge.mutateAsync({ params }),
            done: '已记录声明',
          },
          reject: {
            label: '退回',
            danger: true,
            reason: { title: '退回企业补正', label: '退回原因', required: true },
            run: (reason) => reject.mutateAsync({ params, body: { reason } }),
            done: '已退回',
          },
          verify: {
            label: '核验通过',
            primary: true,
            reason: {
              title: '已核对号码、权利人与登记簿副本',
              label: '核验说明',
              hint: '提交后由复核人签署，签署后生效。',
            },
            run: (reason) => verify.mutateAsync({ params, body: { reason } }),
            done: toColleague,
          },
          list: {
            label: '上架融资',
            primary: true,
            confirm: {
              title: '上架后可用于融资申请，确认上架？',
              description: '上架的知识产权可随融资需求提供给银行查看。',
            },
            run: () => list.mutateAsync({ params }),
            done: '已上架',
          },
          submit: {
            label: '提交复核',
            primary: true,
            confirm: {
              title: '提交本单位签署人复核？',
              description: '签署人复核通过后送知识产权局核验；期间修改须重新提交。',
            },
            run: () => submit.mutateAsync({ params }),
            done: toColleague,
          },
        }}
      />
      <EventModal asset={asset} action={event} onClose={() => setEvent(undefined)} />
      <UpkeepModal asset={asset} open={open === 'upkeep'} onClose={() => setOpen(undefined)} />
      <AttachModal asset={asset} open={open === 'attach'} onClose={() => setOpen(undefined)} />
    </>
  );
}
