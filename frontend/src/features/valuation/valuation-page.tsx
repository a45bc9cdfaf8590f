import { Alert } from 'antd';
import { useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDate, formatDateTime } from '@/shared/format/date';
import { formatDecimal } from '@/shared/format/rate';
import { DetailPage } from '@/shared/ui/detail-page';
import { FactList } from '@/shared/ui/fact-list';
import { FileList } from '@/shared/ui/file-list';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { Rate } from '@/shared/ui/rate';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';
import { fromAudit, Timeline } from '@/shared/ui/timeline';

import { MethodResults } from './method-results';
import { methodWords, VALUATION_STATUS, VALUE_TYPE, type Valuation } from './status';
import { ValuationActions } from './valuation-actions';

/** One order: who asked whom, what was found, who signed for it. */
export function ValuationPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/valuations/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>{(valuation) => <ValuationView valuation={valuation} />}</QueryView>
  );
}

function ValuationView({ valuation }: { valuation: Valuation }) {
  const written = !!valuation.workings;
  return (
    <DetailPage
      title={`${valuation.client_name}的评估委托`}
      number={valuation.number}
      status={<StatusTag status={valuation.status} map={VALUATION_STATUS} />}
      back={{ to: '/console/valuations', label: '评估' }}
      actions={<ValuationActions valuation={valuation} />}
      notice={
        valuation.status_reason || valuation.stale ? (
          <Alert
            type="warning"
            showIcon
            title={valuation.stale ? '评估结论已过一年有效期，请重新评估' : valuation.status_reason}
          />
        ) : null
      }
      facts={[
        { label: '委托人', value: valuation.client_name },
        { label: '评估机构', value: valuation.firm_name },
        { label: '评估目的', value: valuation.purpose },
        { label: '评估费', value: <Money value={valuation.fee} variant="exact" /> },
        { label: '评估方法', value: methodWords(valuation) },
        { label: '价值类型', value: VALUE_TYPE[valuation.value_type] },
        {
          label: '评估基准日',
          value: valuation.valuation_on ? formatDate(valuation.valuation_on) : '—',
        },
        {
          label: '有效期至',
          value: valuation.valid_until ? formatDate(valuation.valid_until) : '—',
        },
        {
          label: '评估值合计',
          value: <Money value={valuation.total} variant="exact" strong />,
        },
        !!valuation.max_loan && {
          label: '按默认质押率测算的最高贷款额',
          value: (
            <>
              <Money value={valuation.max_loan} variant="exact" />
              （仅供参考，以银行审批为准）
            </>
          ),
          wide: true,
        },
        !!valuation.note && { label: '委托说明', value: valuation.note, wide: true },
      ]}
      tabs={[
        {
          key: 'items',
          label: '评估对象与结论',
          count: valuation.items.length,
          children: <Items valuation={valuation} />,
        },
        written && {
          key: 'methods',
          label: '方法测算',
          children: (
            <MethodResults
              results={valuation.results}
              workings={valuation.workings}
              method={valuation.method}
            />
          ),
        },
        written && { key: 'terms', label: '假设与限制', children: <Terms valuation={valuation} /> },
      ]}
      aside={
        <>
          <Panel title="签署与审核">
            <Signatures valuation={valuation} />
          </Panel>
          <Panel title="报告文件">
            <FileList files={valuation.documents} empty="报告出具后显示" />
          </Panel>
          {valuation.timeline.length > 0 ? (
            <Panel title="办理记录">
              <Timeline events={fromAudit(valuation.timeline)} />
            </Panel>
          ) : null}
        </>
      }
    />
  );
}

function Items({ valuation }: { valuation: Valuation }) {
  const scored = valuation.items.some((item) => item.grade !== '');
  return (
    <>
      <SimpleTable
        label="评估对象与结论"
        rows={valuation.items}
        rowKey={(row) => row.asset_id}
        rowHref={(row) => `/console/assets/${row.asset_id}`}
        columns={[
          { key: 'title', title: '名称', render: (row) => row.title },
          { key: 'kind', title: '种类', render: (row) => row.kind_text },
          {
            key: 'no',
            title: '权利号',
            render: (row) => <span className="num">{row.right_no}</span>,
          },
          {
            key: 'value',
            title: '评估值',
            align: 'right',
            render: (row) => <Money value={row.value} variant="exact" />,
          },
          {
            key: 'score',
            title: '价值度',
            render: (row) =>
              row.grade ? `${formatDecimal(row.score ?? '')} 分（${row.grade} 级）` : '未评分',
          },
          {
            key: 'cap',
            title: '默认质押率上限',
            align: 'right',
            render: (row) => <Rate value={row.ltv_cap} variant="share" />,
          },
          {
            key: 'factor',
            title: '等级系数',
            align: 'right',
            render: (row) => <Rate value={row.ltv_factor} variant="share" />,
          },
        ]}
      />
      {scored ? <p style={{ color: 'var(--text-soft)' }}>{valuation.score_notice}</p> : null}
    </>
  );
}

function Terms({ valuation }: { valuation: Valuation }) {
  return (
    <FactList
      columns={1}
      facts={[
        { label: '评估假设', value: valuation.assumptions },
        { label: '使用限制', value: valuation.restrictions || '—' },
        !!valuation.single_method_reason && {
          label: '只用一种方法的理由',
          value: valuation.single_method_reason,
        },
      ]}
    />
  );
}

function Signatures({ valuation }: { valuation: Valuation }) {
  const who = (name: string, at: string | undefined) =>
    name && at ? `${name}，${formatDateTime(at)}` : '尚未签署';
  return (
    <FactList
      columns={1}
      facts={[
        { label: '评估师一', value: who(valuation.first_signer_name, valuation.first_signed_at) },
        { label: '评估师二', value: who(valuation.second_signer_name, valuation.second_signed_at) },
        { label: '机构审核', value: who(valuation.reviewer_name, valuation.filed_at) },
        !!valuation.report_sha256 && {
          label: '报告指纹（SHA-256）',
          value: (
            <span className="num" style={{ whiteSpace: 'normal', wordBreak: 'break-all' }}>
              {valuation.report_sha256}
            </span>
          ),
        },
      ]}
    />
  );
}
