import { Tag } from 'antd';
import { Link } from 'react-router';

import { EmptyState } from '@/shared/ui/empty-state';
import { SimpleTable } from '@/shared/ui/simple-table';
import { StatusTag } from '@/shared/ui/status-tag';

import { ASSET_STATUS, precheckLook, type AssetDetail } from './status';
import styles from './precheck-list.module.css';

/** On which grounds the register would refuse the pledge, and which marks go with this one. */
export function PrecheckList({ asset }: { asset: AssetDetail }) {
  return (
    <>
      {asset.prechecks.length === 0 ? (
        <EmptyState
          compact
          title="出质预检未发现问题"
          description="合同内容（P07）与其他情形（P12）由登记机关人工审查。"
        />
      ) : (
        <ul className={styles.list}>
          {asset.prechecks.map((finding) => {
            const look = precheckLook(finding.blocking);
            return (
              <li key={finding.code}>
                <Tag color={look.color} variant="filled">
                  {look.text}
                </Tag>
                <span>
                  {finding.text}
                  <span className={styles.code}>{codeText(finding.code)}</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {asset.bundle.length > 0 ? (
        <>
          <h3 className={styles.title}>须一并出质的商标</h3>
          <SimpleTable
            label="须一并出质的商标"
            rows={asset.bundle}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'title',
                title: '商标',
                render: (row) => <Link to={`/console/assets/${row.id}`}>{row.title}</Link>,
              },
              {
                key: 'no',
                title: '注册号',
                render: (row) => <span className="num">{row.right_no}</span>,
              },
              {
                key: 'status',
                title: '状态',
                card: 'status',
                render: (row) => <StatusTag status={row.status} map={ASSET_STATUS} />,
              },
            ]}
          />
        </>
      ) : null}
    </>
  );
}

function codeText(code: string): string {
  if (code.startsWith('P')) return `专利质押登记不予登记情形 ${code}`;
  if (code === 'T_bundle') return '商标质权登记一并办理要求';
  return `商标质权登记不予登记情形 ${code}`;
}
