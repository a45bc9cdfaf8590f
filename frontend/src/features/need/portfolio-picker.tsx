import { Table, Tag } from 'antd';

import { api } from '@/api/client';
import { formatDate } from '@/shared/format/date';
import { rightKind } from '@/shared/market-words';
import { EmptyState } from '@/shared/ui/empty-state';
import { LinkButton } from '@/shared/ui/link-button';
import { Money } from '@/shared/ui/money';
import { QueryView } from '@/shared/ui/query-view';

interface Props {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}

/** One's own rights that can back a loan, to choose from. */
export function PortfolioPicker({ value = [], onChange }: Props) {
  const query = api.useQuery('get', '/assets', { params: { query: { limit: 100 } } });
  return (
    <QueryView query={query} skeleton={null}>
      {({ items }) => {
        const usable = items.filter(
          (asset) => ['verified', 'listed'].includes(asset.status) || value.includes(asset.id),
        );
        if (usable.length === 0) {
          return (
            <EmptyState
              compact
              title="没有可用于质押的知识产权"
              description="权利须先登记并经知识产权局核验。"
              action={<LinkButton to="/console/assets">去登记知识产权</LinkButton>}
            />
          );
        }
        return (
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            scroll={{ x: 'max-content', y: 420 }}
            aria-label="可用于质押的知识产权"
            dataSource={usable}
            rowSelection={{
              selectedRowKeys: value,
              onChange: (keys) => onChange?.(keys.map(String)),
              getTitleCheckboxProps: () => ({ 'aria-label': '全选' }),
              getCheckboxProps: (asset) => ({ 'aria-label': `选择${asset.title}` }),
            }}
            columns={[
              { key: 'title', title: '名称', render: (_: unknown, asset) => asset.title },
              { key: 'kind', title: '种类', render: (_: unknown, asset) => rightKind(asset.kind) },
              {
                key: 'no',
                title: '权利号',
                render: (_: unknown, asset) => <span className="num">{asset.right_no}</span>,
              },
              {
                key: 'value',
                title: '评估值',
                align: 'right',
                render: (_: unknown, asset) =>
                  asset.value ? <Money value={asset.value} /> : <Tag variant="filled">未评估</Tag>,
              },
              {
                key: 'expires',
                title: '期满日',
                render: (_: unknown, asset) => formatDate(asset.expires_on),
              },
              {
                key: 'status',
                title: '状态',
                render: (_: unknown, asset) =>
                  asset.status === 'listed' ? (
                    <Tag variant="filled" color="success">
                      可融资
                    </Tag>
                  ) : (
                    <Tag variant="filled" color="warning">
                      待上架
                    </Tag>
                  ),
              },
            ]}
          />
        );
      }}
    </QueryView>
  );
}
