import { Alert, Button } from 'antd';
import { useParams } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import type { Answer } from '@/api/types';
import { formatLongDate } from '@/shared/format/date';
import { FactList } from '@/shared/ui/fact-list';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';

import { FingerprintCheck } from './fingerprint-check';
import { ObjectionForm } from './objection-form';
import styles from './publicity.module.css';

type Notice = Answer<'/portal/publicity/{id}', 'get'>;

/** One round of publicity: what is proposed, on what basis, how to object. */
export function PublicityPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/portal/publicity/{id}', { params: { path: { id } } });
  return (
    <div className={styles.page}>
      <QueryView query={query}>
        {(notice) => (
          <>
            <PageHeader
              title={notice.title}
              number={notice.claim_number}
              back={{ to: '/publicity', label: '补偿公示' }}
            />
            {notice.open ? null : (
              <Alert type="info" showIcon title={`本次公示已结束：${notice.outcome}`} />
            )}
            <Panel title="公示内容">
              <p className={styles.text}>{notice.content}</p>
            </Panel>
            <Panel title="公示信息">
              <FactList columns={2} facts={facts(notice)} />
            </Panel>
            <Panel
              title="公示文件与指纹"
              extra={
                <Button onClick={() => void download(`/portal/publicity/${notice.id}/notice.pdf`)}>
                  下载公示文件
                </Button>
              }
            >
              <p className={styles.soft}>
                发布时生成的文件，指纹（SHA-256）随公示公布。文件改动一个字，指纹就不同。
              </p>
              <p>
                <code className={styles.hash}>{notice.sha256}</code>
              </p>
              <FingerprintCheck expected={notice.sha256} />
            </Panel>
            {notice.open ? (
              <Panel title="提出异议">
                <p className={styles.soft}>{notice.how_to_object}</p>
                <ObjectionForm notice={notice.id} />
              </Panel>
            ) : null}
          </>
        )}
      </QueryView>
    </div>
  );
}

function facts(notice: Notice) {
  return [
    { label: '拟补偿金额', value: <Money value={notice.amount} variant="exact" strong /> },
    { label: '公示次数', value: `第 ${notice.round} 次` },
    {
      label: '公示期',
      value: `${formatLongDate(notice.from_on)} 至 ${formatLongDate(notice.until_on)}`,
    },
    { label: '发布单位', value: notice.issuer_name },
    { label: '依据', value: notice.basis, wide: true },
    { label: '异议受理', value: notice.contact, wide: true },
  ];
}
