const OBJECTS: Record<string, string> = {
  organization: '机构',
  user: '用户',
  username: '登录名',
  api_key: '接口密钥',
  document: '文件',
  asset: '知识产权',
  valuation: '评估',
  need: '融资需求',
  product: '金融产品',
  bid: '报价',
  pledge: '质押',
  loan: '贷款',
  enrolment: '备案',
  fund: '基金',
  claim: '补偿申请',
  recovery: '追偿',
  subsidy: '奖补申请',
  policy: '政策参数',
  lpr: '贷款市场报价利率',
  notice: '公告',
  objection: '异议',
  ledger: '账务',
  ledger_entry: '账务分录',
  ledger_book: '账套',
  movement: '资金收支',
  target: '目标',
  audit: '审计日志',
};

/** What the entry is about. */
export function objectLabel(kind: string): string {
  return OBJECTS[kind] ?? '其他';
}
