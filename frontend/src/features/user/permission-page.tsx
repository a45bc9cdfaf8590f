import { CheckOutlined } from '@ant-design/icons';
import { Input, Select, Table } from 'antd';
import { useState } from 'react';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { kindLabel } from '@/shared/labels';
import { FactList } from '@/shared/ui/fact-list';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';
import { useNarrow } from '@/shared/ui/use-narrow';

import styles from './permission-page.module.css';

type Matrix = Answer<'/permissions', 'get'>;
type Permission = Matrix['permissions'][number];

/** Who may do what: the catalogue as the program itself uses it. */
export function PermissionPage() {
  const query = api.useQuery('get', '/permissions', {}, { staleTime: Infinity });
  return (
    <>
      <PageHeader
        title="角色权限表"
        description="权限随程序发布，不在线修改；为人员授予或收回角色即改变其权限。未授予的一律不允许。"
      />
      <QueryView query={query}>{(matrix) => <MatrixView matrix={matrix} />}</QueryView>
    </>
  );
}

function MatrixView({ matrix }: { matrix: Matrix }) {
  const narrow = useNarrow();
  const [wanted, setWanted] = useState<string>();
  const [word, setWord] = useState('');
  // A phone has no room for twenty columns: there one role at a time is shown.
  const chosen = wanted ?? (narrow ? matrix.roles[0]?.role : undefined);
  const role = matrix.roles.find((each) => each.role === chosen);
  const rows = matrix.permissions.filter(
    (each) => each.text.includes(word.trim()) && (!role || each.roles.includes(role.role)),
  );
  return (
    <>
      <div className={styles.tools}>
        <Select
          className={styles.role ?? ''}
          aria-label="按角色查看"
          placeholder="全部角色"
          allowClear={!narrow}
          value={chosen ?? null}
          onChange={(value: string | null) => setWanted(value ?? undefined)}
          options={matrix.roles.map((each) => ({ value: each.role, label: each.name }))}
        />
        <Input
          className={styles.word ?? ''}
          aria-label="查找权限"
          placeholder="查找权限"
          allowClear
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
      </div>
      {role ? (
        <Panel title={role.name}>
          <FactList
            facts={[
              { label: '适用机构', value: role.kinds.map(kindLabel).join('，') },
              { label: '动态口令', value: role.staff ? '必须绑定' : '自愿绑定' },
              {
                label: '不能兼任',
                value:
                  role.excludes.length > 0 ? `${role.excludes.join('，')}及任何业务角色` : '无',
              },
            ]}
          />
        </Panel>
      ) : null}
      <Panel title={`权限 ${rows.length} 项`} flush>
        {role ? (
          <SimpleTable<Permission>
            label="权限"
            rows={rows}
            rowKey={(row) => row.permission}
            empty="没有符合条件的权限"
            columns={[
              { key: 'text', title: '权限', render: (row) => row.text },
              {
                key: 'others',
                title: '同样持有的角色',
                card: 'hidden',
                render: (row) =>
                  matrix.roles
                    .filter((each) => each.role !== role.role && row.roles.includes(each.role))
                    .map((each) => each.name)
                    .join('，') || '仅此角色',
              },
            ]}
          />
        ) : (
          <Grid matrix={matrix} rows={rows} />
        )}
      </Panel>
    </>
  );
}

function Grid({ matrix, rows }: { matrix: Matrix; rows: readonly Permission[] }) {
  return (
    <Table<Permission>
      size="small"
      aria-label="角色权限表"
      rowKey="permission"
      dataSource={[...rows]}
      pagination={false}
      sticky={{ offsetHeader: 56 }}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'text', title: '权限', dataIndex: 'text', fixed: 'start', width: 260 },
        ...matrix.roles.map((each) => ({
          key: each.role,
          title: <span className={styles.head}>{each.name}</span>,
          align: 'center' as const,
          width: 44,
          render: (_: unknown, row: Permission) =>
            row.roles.includes(each.role) ? (
              <CheckOutlined className={styles.yes ?? ''} aria-label={`${each.name}可以`} />
            ) : null,
        })),
      ]}
    />
  );
}
