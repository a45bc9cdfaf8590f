import type { Query } from '@/api/types';

export type ReportQuery = Query<'/reports/preview', 'get'>;
export type FormCode = NonNullable<ReportQuery['form']>;

/** What a form asks for besides the year. */
type Field = 'year' | 'all-years' | 'month' | 'area' | 'bank' | 'fund';

interface FormKind {
  code: FormCode;
  name: string;
  what: string;
  fields: readonly Field[];
}

/** The supervisory forms, in their order. */
export const FORMS: readonly FormKind[] = [
  {
    code: 'r1',
    name: 'R1 月度质押融资统计表',
    what: '当期放款的每一笔质押贷款：企业、质押物、登记、合同、放款、评估、余额。',
    fields: ['year', 'month', 'area', 'bank'],
  },
  {
    code: 'r2',
    name: 'R2 质押融资汇总表',
    what: '各县市区当月与累计的笔数、户数、件数、登记金额、放款、余额及同比。',
    fields: ['year', 'month', 'area', 'bank'],
  },
  {
    code: 'r3',
    name: 'R3 备案台账',
    what: '按备案日：备案号、银行、企业、金额、是否超期、在保余额、状态。',
    fields: ['all-years', 'month', 'area', 'bank', 'fund'],
  },
  {
    code: 'r4',
    name: 'R4 补偿台账',
    what: '按提交日：损失本金、各方分担、拨付日、追回、净损失。',
    fields: ['all-years', 'month', 'area', 'bank', 'fund'],
  },
  {
    code: 'r5',
    name: 'R5 逾期分布',
    what: '制表当日全部质押贷款按 S71 逾期天数分段的户数、笔数、金额。',
    fields: ['area', 'bank'],
  },
  {
    code: 'r6',
    name: 'R6 基金年度清算表',
    what: '各基金的期初、注入、利息、补偿、追回、管理费、期末、杠杆、不良率。',
    fields: ['year'],
  },
  {
    code: 'r7',
    name: 'R7 目标完成表',
    what: '规划各项指标的原文、出处、目标值与本平台统计值。',
    fields: ['year'],
  },
];

export function formOf(code: string | null): FormKind {
  const found = FORMS.find((form) => form.code === code) ?? FORMS[1];
  if (!found) throw new Error('there is a second form');
  return found;
}
