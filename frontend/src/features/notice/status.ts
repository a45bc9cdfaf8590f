import type { Item } from '@/api/types';
import type { StatusMap } from '@/shared/ui/status-tag';

type Notice = Item<'/notices'>;

export const NOTICE_STATUS: StatusMap<Notice['status']> = {
  draft: { text: '草稿', color: 'default' },
  submitted: { text: '待复核', color: 'processing' },
  published: { text: '已发布', color: 'success' },
  withdrawn: { text: '已撤下', color: 'default' },
};

export const NOTICE_KIND: Record<Notice['kind'], string> = {
  announcement: '通知公告',
  list: '名单公布',
  disclosure: '信息公开',
  publicity: '公示',
};
