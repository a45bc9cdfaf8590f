import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatDate } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';
import { FactList } from '@/shared/ui/fact-list';
import { LinkButton } from '@/shared/ui/link-button';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './subsidy.module.css';
import { TermsTable } from './terms-table';

type Public = Answer<'/portal/subsidies', 'get'>;
type PublicCall = Public['calls'][number];
type Grant = Public['grants'][number];

const columns: ListColumn<Grant>[] = [
  { key: 'name', title: '企业', render: (row) => row.enterprise_name },
  { key: 'area', title: '县市区', render: (row) => row.area_name },
  { key: 'kind', title: '补助种类', render: (row) => row.kind_text },
  { key: 'bank', title: '贷款银行', render: (row) => row.bank_name },
  {
    key: 'amount',
    title: '拟补助金额',
    align: 'right',
    render: (row) => <Money value={row.amount} variant="exact" />,
  },
  {
    key: 'span',
    title: '公示期',
    render: (row) => (
      <span className="num">
        {formatDate(row.from)} 至 {formatDate(row.until)}
      </span>
    ),
  },
];

/** Open calls and grants in their days of publicity, for anybody. */
export function PublicSubsidiesPage() {
  const query = api.useQuery('get', '/portal/subsidies', {});
  return (
    <div className={styles.public}>
      <PageHeader
        title="奖补政策"
        description="知识产权质押融资的贴息、评估费、担保费、保费补助：正在受理的征集与公示中的补助。"
      />
      <QueryView query={query}>
        {({ calls, grants }) => (
          <>
            {calls.length === 0 ? (
              <Panel title="正在受理">
                <EmptyState compact title="当前没有正在受理的补助征集" />
              </Panel>
            ) : (
              calls.map((call) => <CallPanel key={call.number} call={call} />)
            )}
            <Panel title="公示中的补助">
              <p className={styles.remark}>
                对公示内容有异议的，请在公示期内向市知识产权局书面反映，并注明联系方式。
              </p>
              <SimpleTable<Grant>
                label="公示中的补助"
                rows={grants}
                columns={columns}
                rowKey={(row) => row.number}
                empty="当前没有公示中的补助"
              />
            </Panel>
          </>
        )}
      </QueryView>
    </div>
  );
}

function CallPanel({ call }: { call: PublicCall }) {
  return (
    <Panel
      title={call.title}
      extra={
        <LinkButton type="primary" to="/console/subsidies/new">
          登录申请
        </LinkButton>
      }
    >
      <FactList
        columns={3}
        facts={[
          { label: '补助年度', value: `${call.year} 年` },
          { label: '预算', value: <Money value={call.budget} /> },
          {
            label: '受理时间',
            value: `${formatDate(call.opens_on)} 至 ${formatDate(call.closes_on)}（剩 ${call.days_left} 个工作日）`,
          },
          { label: '依据', value: call.policy_number },
        ]}
      />
      <div className={styles.gap}>
        <TermsTable terms={call.terms} />
      </div>
      {call.guide ? (
        <>
          <h3 className={styles.head}>申报须知</h3>
          <p className={styles.guide}>{call.guide}</p>
        </>
      ) : null}
    </Panel>
  );
}
