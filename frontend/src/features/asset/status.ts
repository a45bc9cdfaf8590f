import type { Answer, Input, Item } from '@/api/types';
import type { StatusLook, StatusMap } from '@/shared/ui/status-tag';

export type Asset = Item<'/assets'>;
export type AssetDetail = Answer<'/assets/{id}', 'get'>;
export type AssetEntry = Input<'/assets', 'post'>;
export type AssetAlert = Item<'/alerts'>;

export const ASSET_STATUS: StatusMap<Asset['status']> = {
  draft: { text: '草稿', color: 'default' },
  submitted: { text: '待核验', color: 'processing' },
  rejected: { text: '已退回', color: 'error' },
  verified: { text: '已核验', color: 'processing' },
  listed: { text: '可融资', color: 'success' },
  reserved: { text: '已锁定', color: 'warning' },
  pledged: { text: '已出质', color: 'warning' },
  in_disposal: { text: '处置中', color: 'error' },
  disposed: { text: '已处置', color: 'default' },
  frozen: { text: '冻结', color: 'error' },
  lapsed: { text: '失效', color: 'error' },
  invalid: { text: '宣告无效', color: 'error' },
  withdrawn: { text: '已下架', color: 'default' },
};

export const ASSET_KIND: Record<Asset['kind'], string> = {
  invention_patent: '发明专利',
  utility_model: '实用新型专利',
  design_patent: '外观设计专利',
  trademark: '注册商标',
  gi_mark: '地理标志商标',
};

export const kindOptions = (Object.keys(ASSET_KIND) as Asset['kind'][]).map((value) => ({
  value,
  label: ASSET_KIND[value],
}));

export function isPatent(kind: Asset['kind'] | undefined): boolean {
  return kind === 'invention_patent' || kind === 'utility_model' || kind === 'design_patent';
}

export const MARK_KIND: Record<Asset['mark_kind'], string> = {
  '': '—',
  ordinary: '普通商标',
  certification: '证明商标',
  collective: '集体商标',
};

export const UPKEEP: StatusMap<Asset['upkeep']['state']> = {
  unknown: { text: '未登记缴费', color: 'warning' },
  paid: { text: '正常', color: 'success' },
  due: { text: '临近期限', color: 'warning' },
  surcharge: { text: '已逾期，可补办', color: 'error' },
  missed: { text: '已过最后期限', color: 'error' },
  complete: { text: '已缴至期满', color: 'success' },
};

export const SEVERITY: StatusMap<AssetAlert['severity']> = {
  amber: { text: '关注', color: 'warning' },
  red: { text: '紧急', color: 'error' },
  critical: { text: '严重', color: 'error' },
};

const ALERT_KIND: Record<string, string> = {
  fee_due: '年费',
  renewal_due: '商标续展',
  lapsed: '权利失效',
  expired: '权利期满',
  invalidated: '宣告无效',
  invalidation_filed: '无效宣告程序',
  preserved: '保全查封',
  expiry_near_maturity: '期满临近贷款到期',
  valuation_stale: '评估过期',
  registration_ends: '质押登记到期',
  ltv_breach: '质押率超限',
};

export function alertKind(kind: string): string {
  return ALERT_KIND[kind] ?? '其他';
}

export const alertKindOptions = Object.entries(ALERT_KIND).map(([value, label]) => ({
  value,
  label,
}));

export const PURPOSE: Record<string, string> = {
  register_extract: '登记簿副本或商标档案',
  certificate: '权利证书',
  co_owner_consent: '共有人同意书',
  fee_receipt: '年费缴纳凭证',
  renewal: '续展证明',
  resolution: '会员大会或理事会决议',
  other: '其他材料',
};

export const purposeOptions = Object.entries(PURPOSE).map(([value, label]) => ({ value, label }));

/** What a precheck code is called; T marks trademarks, P patents (national office's lists). */
export function precheckLook(blocking: boolean): StatusLook {
  return blocking ? { text: '须先处理', color: 'error' } : { text: '提示', color: 'warning' };
}
