import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';

import { FactList, type MaybeFact } from '@/shared/ui/fact-list';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

import styles from './detail-page.module.css';

export interface DetailTab {
  key: string;
  label: string;
  /** How many there are, shown beside the label. */
  count?: number | undefined;
  children: ReactNode;
}

interface Props {
  title: ReactNode;
  number?: string | undefined;
  status?: ReactNode;
  back?: { to: string; label: string };
  /** <ActionBar/> in most cases. */
  actions?: ReactNode;
  /** <ApprovalPanel/>, warnings: above everything. */
  notice?: ReactNode;
  facts: readonly MaybeFact[];
  tabs?: readonly (DetailTab | false | null | undefined)[];
  /** The right column: timeline, deadlines, files. Below the rest on narrow screens. */
  aside?: ReactNode;
}

/** One thing: what it is, where it stands, what may be done, and everything about it. */
export function DetailPage(props: Props) {
  const { title, number, status, back, actions, notice, facts, tabs, aside } = props;
  const shown = (tabs ?? []).filter((tab) => !!tab);
  return (
    <>
      <PageHeader title={title} number={number} status={status} back={back} extra={actions} />
      {notice ? <div className={styles.notice}>{notice}</div> : null}
      <div className={styles.columns} data-aside={!!aside}>
        <div className={styles.main}>
          <Panel>
            <FactList facts={facts} />
          </Panel>
          {shown.length > 0 ? <DetailTabs tabs={shown} /> : null}
        </div>
        {aside ? <div className={styles.aside}>{aside}</div> : null}
      </div>
    </>
  );
}

function DetailTabs({ tabs }: { tabs: readonly DetailTab[] }) {
  const [search, setSearch] = useSearchParams();
  const first = tabs[0]?.key ?? '';
  const wanted = search.get('tab') ?? first;
  const active = tabs.some((tab) => tab.key === wanted) ? wanted : first;
  return (
    <div className={styles.tabs}>
      <Tabs
        activeKey={active}
        onChange={(key) =>
          setSearch(
            (current) => {
              current.set('tab', key);
              return current;
            },
            { replace: true, preventScrollReset: true },
          )
        }
        items={tabs.map((tab) => ({
          key: tab.key,
          label: tab.count === undefined ? tab.label : `${tab.label}（${tab.count}）`,
          children: tab.children,
        }))}
      />
    </div>
  );
}
