import { Button } from 'antd';
import { useParams } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import { formatLongDate } from '@/shared/format/date';
import { FactList } from '@/shared/ui/fact-list';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import { NoticeText } from './notice-text';
import styles from './public.module.css';
import { NOTICE_KIND } from './status';

/** One notice in full, with the fingerprint of the text as it was published. */
export function PublicNoticePage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/portal/notices/{id}', { params: { path: { id } } });
  return (
    <div className={styles.page}>
      <QueryView query={query}>
        {(notice) => (
          <>
            <PageHeader
              title={notice.title}
              number={notice.number}
              back={{ to: '/notices', label: '公告公示' }}
            />
            <Panel>
              <NoticeText text={notice.body} />
            </Panel>
            <Panel
              title="发布信息"
              extra={
                <Button onClick={() => void download(`/portal/notices/${notice.id}/text`)}>
                  下载发布文本
                </Button>
              }
            >
              <FactList
                columns={1}
                facts={[
                  { label: '类别', value: NOTICE_KIND[notice.kind] },
                  !!notice.publish_from && {
                    label: '发布日期',
                    value: formatLongDate(notice.publish_from),
                  },
                  !!notice.publish_until && {
                    label: '公示截止',
                    value: formatLongDate(notice.publish_until),
                  },
                  { label: '依据', value: notice.basis || '—' },
                  { label: '联系方式', value: notice.contact || '—' },
                  {
                    label: '文本指纹',
                    value: <code className={styles.hash}>{notice.sha256}</code>,
                  },
                ]}
              />
            </Panel>
          </>
        )}
      </QueryView>
    </div>
  );
}
