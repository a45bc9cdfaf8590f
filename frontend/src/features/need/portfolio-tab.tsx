import { Tag } from 'antd';

import { formatDate } from '@/shared/format/date';
import { rightKind } from '@/shared/market-words';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';
import { SimpleTable } from '@/shared/ui/simple-table';

import type { Need, Portfolio } from './status';

type Line = Portfolio[number];

const columns: ListColumn<Line>[] = [
  { key: 'title', title: '名称', render: (line) => line.title },
  {
    key: 'kind',
    title: '种类与权利号',
    render: (line) => (
      <>
        <div>{rightKind(line.kind)}</div>
        <div className="num">{line.right_no}</div>
      </>
    ),
  },
  {
    key: 'value',
    title: '评估值',
    align: 'right',
    render: (line) =>
      line.value ? (
        <>
          <Money value={line.value} />
          {line.valid_until ? <div>有效至 {formatDate(line.valid_until)}</div> : null}
        </>
      ) : (
        '没有有效评估'
      ),
  },
  { key: 'expires', title: '期满日', render: (line) => formatDate(line.expires_on) },
  {
    key: 'check',
    title: '出质预检',
    render: (line) =>
      line.findings.length === 0 ? (
        <Tag variant="filled" color="success">
          无障碍
        </Tag>
      ) : (
        <span style={{ whiteSpace: 'normal' }}>
          {line.findings.map((finding) => finding.text).join('；')}
        </span>
      ),
  },
];

/** The rights offered as collateral, with their values and what the register would object to. */
export function PortfolioTab({ need }: { need: Need }) {
  return (
    <Panel flush>
      <SimpleTable
        label="质押组合"
        rows={need.assets}
        columns={columns}
        rowKey={(line) => line.id}
        rowHref={(line) => `/console/assets/${line.id}`}
        empty="没有选择知识产权"
      />
    </Panel>
  );
}
