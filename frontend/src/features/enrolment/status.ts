import type { Answer, Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export const ENROLMENT_STATUS: StatusMap<Item<'/enrolments'>['status']> = {
  draft: { text: '草稿', color: 'default' },
  submitted: { text: '待复核', color: 'processing' },
  enrolled: { text: '在保', color: 'success' },
  refused: { text: '不予入库', color: 'error' },
  withdrawn: { text: '已撤回', color: 'default' },
  released: { text: '已解除', color: 'default' },
  claimed: { text: '补偿申请中', color: 'warning' },
  compensated: { text: '已补偿', color: 'warning' },
};

type Extension = Answer<'/enrolments/{id}', 'get'>['extensions'][number];

export const REFILING_STATUS: StatusMap<Extension['status']> = {
  awaiting: { text: '待重新备案', color: 'warning' },
  filed: { text: '待知识产权局确认', color: 'processing' },
  confirmed: { text: '已重新备案', color: 'success' },
};

export const LATE_PERMIT: Record<Item<'/enrolments'>['late_permit'], string> = {
  '': '未申请',
  requested: '已申请，等待知识产权局处理',
  allowed: '知识产权局已准许',
  denied: '知识产权局不准许',
};

type Seat = Answer<'/enrolments/{id}', 'get'>['parties'][number]['seat'];

export const SEAT: Record<Seat, string> = {
  fund: '风险补偿基金',
  bank: '银行',
  guarantor: '融资担保机构',
  insurer: '保险机构',
  appraiser: '评估处置机构',
};
