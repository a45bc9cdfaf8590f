/** The Chinese words of the codes that a session speaks of (internal/authz/role.go). */
const ROLES: Record<string, string> = {
  enterprise_operator: '企业经办',
  enterprise_signatory: '企业签署人',
  loan_officer: '客户经理',
  bank_reviewer: '银行复核',
  bank_approver: '授信审批',
  appraiser: '评估师',
  appraisal_reviewer: '评估机构审核',
  guarantee_officer: '担保保险经办',
  guarantee_reviewer: '担保保险复核',
  bureau_handler: '知识产权局经办',
  bureau_checker: '知识产权局复核',
  treasurer: '财政局经办',
  finance_checker: '财政局复核',
  fund_handler: '基金管理人经办',
  fund_checker: '基金管理人复核',
  expert: '评审专家',
  financial_observer: '金融管理部门观察员',
  system_admin: '系统管理员',
  security_admin: '安全管理员',
  audit_admin: '审计管理员',
};

const KINDS: Record<string, string> = {
  enterprise: '企业',
  gi_registrant: '地理标志注册人',
  bank: '银行',
  appraisal_firm: '评估机构',
  guarantor: '融资担保机构',
  insurer: '保险机构',
  ip_bureau: '市场监管局（知识产权局）',
  finance_bureau: '财政局',
  fund_manager: '基金管理人',
  expert_pool: '专家库',
  financial_office: '地方金融管理部门',
  platform: '平台',
};

/** A role's name; an unknown one is named in general rather than shown as a code. */
export function roleLabel(code: string): string {
  return ROLES[code] ?? '其他角色';
}

/** The kind of an organisation in words. */
export function kindLabel(code: string): string {
  return KINDS[code] ?? '其他机构';
}

/** Both lists as options of a select. */
export const roleOptions = Object.entries(ROLES).map(([value, label]) => ({ value, label }));
export const kindOptions = Object.entries(KINDS).map(([value, label]) => ({ value, label }));
