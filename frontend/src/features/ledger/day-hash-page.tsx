import { useState } from 'react';
import { Button, Select } from 'antd';

import { api } from '@/api/client';
import { download } from '@/api/request';
import type { Item } from '@/api/types';
import { formatDate, formatDateTime } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './ledger.module.css';

type DayHash = Item<'/portal/ledger/day-hashes'>;

const columns: ListColumn<DayHash>[] = [
  { key: 'day', title: '日期', render: (d) => <span className="num">{formatDate(d.day)}</span> },
  { key: 'book', title: '账簿', render: (d) => d.book_name },
  {
    key: 'seq',
    title: '当日最后一笔',
    render: (d) => <span className="num">第 {d.seq} 号</span>,
  },
  { key: 'hash', title: '指纹', render: (d) => <code className={styles.hash}>{d.hash}</code> },
  {
    key: 'at',
    title: '公布时间',
    render: (d) => formatDateTime(d.published_at),
    card: 'hidden',
  },
];

/** The published last hash of each day, and how anybody can check the books by it. */
export function DayHashPage() {
  const [book, setBook] = useState('');
  const query = api.useQuery('get', '/portal/ledger/day-hashes');
  return (
    <div className={styles.page}>
      <PageHeader
        title="账簿指纹公示"
        description="基金每一笔收支都带着前一笔的指纹。每日最后一笔的指纹次日在此公布：任何一天的账一经公布，任何人（包括平台）都无法再改而不被发现。"
      />
      <QueryView query={query}>
        {({ items }) => {
          const books = new Map(items.map((d) => [d.book, d.book_name]));
          const shown = items.filter((d) => book === '' || d.book === book);
          return (
            <div className={styles.stack}>
              <Panel
                flush
                title="每日指纹"
                extra={
                  books.size > 1 ? (
                    <Select
                      aria-label="账簿"
                      style={{ minWidth: 200 }}
                      value={book}
                      onChange={setBook}
                      options={[
                        { value: '', label: '全部账簿' },
                        ...[...books].map(([value, label]) => ({ value, label })),
                      ]}
                    />
                  ) : null
                }
              >
                <SimpleTable<DayHash>
                  label="每日指纹"
                  rows={shown}
                  columns={columns}
                  rowKey={(d) => `${d.book}-${d.day}`}
                  empty="还没有公布的指纹。有收支的日子，次日公布。"
                />
              </Panel>
              <Recipe books={[...books]} />
            </div>
          );
        }}
      </QueryView>
    </div>
  );
}

function Recipe({ books }: { books: [string, string][] }) {
  return (
    <Panel title="怎样自己校验">
      <ol>
        <li>
          下载账链文件。每行是一笔分录：序号、入账时间、内容指纹、前一笔指纹、本笔指纹（不含收支内容）。
        </li>
        <li>
          逐行计算
          SHA-256：把前一笔指纹、账簿编号、序号、分录编号、入账时间、内容指纹六项依次用换行连接（第一笔的前一笔指纹为空），结果应等于本笔指纹。
        </li>
        <li>
          序号应从 1
          起连续；每日最后一笔的指纹应与上表一致。留存任一天的指纹，即可证明此前的账没有改动。
        </li>
      </ol>
      <div className={styles.pick}>
        {books.map(([code, name]) => (
          <Button
            key={code}
            onClick={() => void download(`/portal/ledger/books/${code}/chain.jsonl`)}
          >
            下载 {name} 的账链
          </Button>
        ))}
      </div>
    </Panel>
  );
}
