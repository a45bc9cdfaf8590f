import type { Answer, Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

export type Pledge = Answer<'/pledges/{id}', 'get'>;
export type PledgeRow = Item<'/pledges'>;

export const PLEDGE_STATUS: StatusMap<PledgeRow['status']> = {
  draft: { text: '草稿', color: 'default' },
  filed: { text: '已受理', color: 'processing' },
  correction: { text: '补正', color: 'warning' },
  registered: { text: '已登记', color: 'success' },
  refused: { text: '不予登记', color: 'error' },
  cancel_filed: { text: '注销办理中', color: 'processing' },
  cancelled: { text: '已注销', color: 'default' },
  lapsed: { text: '登记期满', color: 'error' },
  revoked: { text: '登记被撤销', color: 'error' },
};

export const PLEDGE_KIND: Record<PledgeRow['kind'], string> = {
  specific: '一般质押',
  max_amount: '最高额质押',
};

export const ASSET_KIND: Record<Pledge['assets'][number]['kind'], string> = {
  invention_patent: '发明专利',
  utility_model: '实用新型专利',
  design_patent: '外观设计专利',
  trademark: '注册商标',
  gi_mark: '地理标志商标',
};

export const RELEASE_REASON: Record<PledgeRow['release_reason'], string> = {
  '': '—',
  debt_performed: '债务履行完毕',
  pledge_realised: '质权实现',
  waived: '放弃质权',
  contract_void: '质押合同无效或被撤销',
  other: '其他',
};

/** Grounds on which the office refuses (patent pledge rules, trademark pledge rules). */
export const GROUNDS = [
  { value: 'P01', label: '出质人与登记的权利人不一致' },
  { value: 'P02', label: '权利已终止或被宣告无效' },
  { value: 'P03', label: '尚未授权' },
  { value: 'P04', label: '未按规定缴纳年费' },
  { value: 'P05', label: '权属纠纷中止或被采取保全措施' },
  { value: 'P06', label: '债务履行期限超过权利期限' },
  { value: 'P07', label: '合同内容不符合规定' },
  { value: 'P08', label: '共有权利未取得全体共有人同意' },
  { value: 'P09', label: '已办理质押登记且在质押期内' },
  { value: 'P10', label: '实用新型有同日申请的发明专利' },
  { value: 'P11', label: '已启动无效宣告程序' },
  { value: 'P12', label: '其他情形' },
  { value: 'T1', label: '商标注册人与出质人不一致' },
  { value: 'T2', label: '商标质押合同违反强制性规定' },
  { value: 'T3', label: '商标已撤销、注销或期满未续展' },
  { value: 'T4', label: '商标被法院查封、冻结' },
  { value: 'T5', label: '商标的其他情形' },
];
