import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';

import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

import styles from './detail-page.module.css';

export interface Fact {
  label: string;
  value: ReactNode;
  /** Takes a whole line: for long texts. */
  wide?: boolean;
}

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
  facts: readonly (Fact | false | null | undefined)[];
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

/** Facts in columns; "—" where one is missing, so that nobody takes an empty place for zero. */
export function FactList({ facts, columns = 3 }: { facts: Props['facts']; columns?: 1 | 2 | 3 }) {
  return (
    <dl className={styles.facts} data-columns={columns}>
      {facts
        .filter((fact) => !!fact)
        .map((fact) => (
          <div key={fact.label} data-wide={fact.wide ?? false}>
            <dt>{fact.label}</dt>
            <dd>{fact.value ?? '—'}</dd>
          </div>
        ))}
    </dl>
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
