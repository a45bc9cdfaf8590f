import { Tabs } from 'antd';
import { useSearchParams } from 'react-router';

import { PageHeader } from '@/shared/ui/page-header';

import styles from './calculators.module.css';
import { DeadlineCalculator } from './deadline-calculator';
import { IdentifierCalculator } from './identifier-calculator';
import { ScheduleCalculator } from './schedule-calculator';
import { SplitCalculator } from './split-calculator';

const TABS = [
  { key: 'schedule', label: '还款测算', children: <ScheduleCalculator /> },
  { key: 'split', label: '按比例分配', children: <SplitCalculator /> },
  { key: 'working-days', label: '工作日推算', children: <DeadlineCalculator /> },
  { key: 'identifier', label: '号码校验', children: <IdentifierCalculator /> },
];

/** What anybody may work out without signing in; the server does every sum. */
export function CalculatorsPage() {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('tab');
  const tab = TABS.some((t) => t.key === asked) ? (asked ?? 'schedule') : 'schedule';
  return (
    <div className={styles.page}>
      <PageHeader
        title="计算器"
        description="还款计划、损失分担、办理期限和证照号码，按平台办理业务的同一套规则计算，精确到分。"
      />
      <Tabs
        activeKey={tab}
        onChange={(key) => setSearch({ tab: key }, { replace: true })}
        items={TABS}
        destroyOnHidden
      />
    </div>
  );
}
