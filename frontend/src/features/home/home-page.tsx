import { Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { api } from '@/api/client';
import type { Answer } from '@/api/types';
import { formatAgo } from '@/shared/format/date';
import { roleWords, useSession } from '@/shared/session';
import { Deadline } from '@/shared/ui/deadline';
import { EmptyState } from '@/shared/ui/empty-state';
import { QueryView } from '@/shared/ui/query-view';
import { StatCard, StatRow } from '@/shared/ui/stat-card';

import styles from './home-page.module.css';

type Item = Answer<'/todo', 'get'>['items'][number];
type Box = 'all' | 'late' | 'soon';

/** What waits for the person who signed in, the nearest deadline first. */
export function HomePage() {
  const session = useSession();
  const query = api.useQuery('get', '/todo', {}, { refetchInterval: 120_000 });
  return (
    <>
      <header className={styles.hello}>
        <h1>{session?.user.name}，您好</h1>
        {session ? (
          <p>{[session.organization.name, roleWords(session)].filter(Boolean).join('，')}</p>
        ) : null}
      </header>
      <QueryView query={query}>{({ items }) => <Waiting items={items} />}</QueryView>
    </>
  );
}

function Waiting({ items }: { items: readonly Item[] }) {
  const [box, setBox] = useState<Box>('all');
  const late = items.filter((item) => (item.days_left ?? 0) < 0);
  const soon = items.filter((item) => {
    const left = item.days_left ?? Infinity;
    return left >= 0 && left <= 2;
  });
  const shown = { all: items, late, soon }[box];
  if (items.length === 0) {
    return (
      <EmptyState
        icon="done"
        title="没有待办事项"
        description="新的复核、受理或补正事项会出现在这里。"
      />
    );
  }
  return (
    <>
      <StatRow>
        <StatCard label="待办" value={String(items.length)} unit="项" />
        <StatCard
          label="两个工作日内到期"
          value={String(soon.length)}
          unit="项"
          tone={soon.length > 0 ? 'accent' : 'normal'}
        />
        <StatCard
          label="已超期"
          value={String(late.length)}
          unit="项"
          tone={late.length > 0 ? 'danger' : 'normal'}
        />
      </StatRow>
      <section className={styles.box} aria-labelledby="todo-title">
        <div className={styles.head}>
          <h2 id="todo-title">我的待办</h2>
          <Segmented
            aria-label="筛选待办"
            value={box}
            onChange={(value) => setBox(value)}
            options={[
              { value: 'all' as const, label: `全部 ${items.length}` },
              { value: 'soon' as const, label: `即将到期 ${soon.length}` },
              { value: 'late' as const, label: `已超期 ${late.length}` },
            ]}
          />
        </div>
        {shown.length === 0 ? (
          <EmptyState compact title={box === 'late' ? '没有超期的事项' : '没有即将到期的事项'} />
        ) : (
          <ul className={styles.list}>
            {shown.map((item, index) => (
              <li key={`${item.kind}${item.subject_id}${index}`}>
                <Link to={item.link} className={styles.item}>
                  <span className={styles.what}>
                    <strong>{item.title}</strong>
                    <span>
                      {/* Some descriptions begin with the number themselves. */}
                      {item.number && !item.detail.startsWith(item.number) ? (
                        <span className="num">{item.number} </span>
                      ) : null}
                      {item.detail}
                    </span>
                  </span>
                  <span className={styles.when}>
                    {item.due_on ? (
                      <Deadline
                        on={item.due_on}
                        remaining={item.days_left}
                        provisional={item.provisional}
                      />
                    ) : null}
                    <span className={styles.since}>提出：{formatAgo(item.since)}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
