import { Collapse, Drawer } from 'antd';

import type { Item } from '@/api/types';
import { formatDateTime } from '@/shared/format/date';
import { FactList } from '@/shared/ui/fact-list';
import { PayloadView } from '@/shared/ui/payload-view';

import { objectLabel } from './words';

type Entry = Item<'/audit'>;

/** One entry in full, with the text over which its hash was taken. */
export function EntryDrawer({ entry, onClose }: { entry: Entry | undefined; onClose: () => void }) {
  return (
    <Drawer open={!!entry} onClose={onClose} title={entry?.text} size="large" destroyOnHidden>
      {entry ? (
        <>
          <FactList
            columns={2}
            facts={[
              { label: '时间', value: formatDateTime(entry.at) },
              { label: '结果', value: entry.result === 'ok' ? '成功' : '已拒绝' },
              { label: '用户', value: entry.user_name },
              { label: '单位', value: entry.org_name || '—' },
              { label: '对象', value: objectLabel(entry.object_kind) },
              { label: '对象编号', value: <span className="num">{entry.object_id}</span> },
              { label: '来源地址', value: <span className="num">{entry.address || '—'}</span> },
              { label: '请求编号', value: <span className="num">{entry.request_id || '—'}</span> },
              { label: '链上序号', value: entry.seq > 0 ? entry.seq : '待串链' },
              {
                label: '链上指纹',
                value: <code style={{ wordBreak: 'break-all' }}>{entry.hash || '待串链'}</code>,
                wide: true,
              },
            ]}
          />
          <h2 style={{ fontSize: 16, marginTop: 24 }}>内容</h2>
          <PayloadView value={entry.detail} />
          <Collapse
            ghost
            style={{ marginTop: 16 }}
            items={[
              {
                key: 'raw',
                label: '原始记录（供取证）',
                children: (
                  <pre style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all', margin: 0 }}>
                    {JSON.stringify(entry.detail, null, 2)}
                  </pre>
                ),
              },
            ]}
          />
        </>
      ) : null}
    </Drawer>
  );
}
