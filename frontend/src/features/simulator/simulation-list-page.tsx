import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import type { Query } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { LinkButton } from '@/shared/ui/link-button';
import { ListPage } from '@/shared/ui/list-page';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { StatusTag } from '@/shared/ui/status-tag';
import { keepPrevious, useList } from '@/shared/ui/use-list';

import { VERDICT, type Row } from './words';

type SimulationQuery = Query<'/simulations', 'get'>;

/** Runs that were kept; two of them may be laid side by side. */
export function SimulationListPage() {
  const list = useList<SimulationQuery>({ defaultSort: '-created_at' });
  const query = api.useQuery(
    'get',
    '/simulations',
    { params: { query: list.params } },
    keepPrevious,
  );
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const navigate = useNavigate();
  const run = (
    <LinkButton type="primary" to="/console/simulations/new">
      运行新的模拟
    </LinkButton>
  );
  const tick = (row: Row) => (
    <Checkbox
      aria-label={`选择 ${row.title} 参与比较`}
      checked={chosen.includes(row.id)}
      onChange={(event) =>
        setChosen(
          event.target.checked
            ? [...chosen, row.id].slice(-2)
            : chosen.filter((each) => each !== row.id),
        )
      }
    />
  );
  return (
    <ListPage<Row>
      title="政策模拟"
      description="基金能否承载每年 1.5 亿元？按现行政策与在保组合模拟上万种可能。结果均为估算，不进入账簿。"
      list={list}
      query={query}
      columns={[...columns, { key: 'compare', title: '比较', render: tick }]}
      rowKey={(row) => row.id}
      rowHref={(row) => `/console/simulations/${row.id}`}
      searchHint="编号、名称、操作人"
      exportPath="/simulations/export.xlsx"
      empty={{
        title: '还没有运行过模拟',
        description: '参数缺省取自现行政策与在保组合。',
        action: run,
      }}
      extra={
        <>
          <Button
            disabled={chosen.length !== 2}
            onClick={() =>
              void navigate(
                `/console/simulations/compare?a=${chosen[0] ?? ''}&b=${chosen[1] ?? ''}`,
              )
            }
          >
            比较所选两次
          </Button>
          {run}
        </>
      }
    />
  );
}

const columns: ListColumn<Row>[] = [
  { key: 'title', title: '名称', render: (row) => row.title, sort: 'title' },
  {
    key: 'verdict',
    title: '结论',
    card: 'status',
    render: (row) => <StatusTag status={row.verdict} map={VERDICT} />,
  },
  {
    key: 'ruin',
    title: '无力支付概率',
    align: 'right',
    render: (row) => <span className="num">{row.ruin_probability}%</span>,
    sort: 'ruin',
  },
  {
    key: 'capital',
    title: '所需基金（99%）',
    align: 'right',
    render: (row) => <Money value={row.capital_99} />,
  },
  {
    key: 'lending',
    title: '每年新增贷款',
    align: 'right',
    render: (row) => <Money value={row.annual_lending} />,
  },
  {
    key: 'fund',
    title: '基金起始净额',
    align: 'right',
    render: (row) => <Money value={row.initial_fund} />,
  },
  {
    key: 'rate',
    title: '年违约率',
    align: 'right',
    render: (row) => <span className="num">{row.default_rate}%</span>,
  },
  { key: 'years', title: '年数', align: 'right', render: (row) => row.horizon_years },
  { key: 'maker', title: '操作人', render: (row) => row.maker_name, card: 'hidden' },
  {
    key: 'made',
    title: '时间',
    render: (row) => formatDateTime(row.created_at),
    sort: 'created_at',
    card: 'hidden',
  },
  {
    key: 'number',
    title: '编号',
    render: (row) => <span className="num">{row.number}</span>,
    sort: 'number',
    card: 'hidden',
    hiddenAtFirst: true,
  },
];
