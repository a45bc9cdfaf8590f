import { useState } from 'react';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { ActionBar } from '@/shared/ui/action-bar';

import { MovementModal } from './movement-modal';
import { RulesModal } from './rules-modal';

type Fund = Answer<'/funds/{id}', 'get'>;

/** What this person may do with the fund now. */
export function FundActions({ fund }: { fund: Fund }) {
  const [open, setOpen] = useState<'move' | 'rules'>();
  const evaluate = api.useMutation('post', '/funds/{id}/evaluate');
  const resume = api.useMutation('post', '/funds/{id}/resume');
  const custody = api.useMutation('post', '/funds/{id}/change-custody');
  const params = { path: { id: fund.id } };
  const close = () => setOpen(undefined);
  return (
    <>
      <ActionBar
        available={fund.available_actions}
        actions={{
          evaluate: {
            label: '评估熔断指标',
            run: () => evaluate.mutateAsync({ params }),
            done: '已按当前数据评估',
          },
          change_custody: {
            label: '登记托管银行',
            reason: {
              title: '登记托管银行',
              label: '托管银行名称',
              required: true,
              hint: '提交后由财政局复核人签署生效。',
            },
            run: (bank) => custody.mutateAsync({ params, body: { custody_bank: bank } }),
            done: '已提交复核',
          },
          change_rules: { label: '调整分担比例', run: () => setOpen('rules') },
          resume: {
            label: '同意恢复入库',
            primary: true,
            reason: {
              title: '同意恢复基金入库',
              label: '理由',
              required: true,
              hint: '知识产权局与财政局的复核人都同意后恢复。',
            },
            run: (reason) => resume.mutateAsync({ params, body: { reason } }),
            done: '已记录本局的决定',
          },
          move: { label: '登记收支', primary: true, run: () => setOpen('move') },
        }}
      />
      <MovementModal fund={fund} open={open === 'move'} onClose={close} />
      <RulesModal fund={fund} open={open === 'rules'} onClose={close} />
    </>
  );
}
