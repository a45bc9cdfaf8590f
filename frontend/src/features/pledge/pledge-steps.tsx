import { Steps } from 'antd';

import { Panel } from '@/shared/ui/panel';
import { useNarrow } from '@/shared/ui/use-narrow';

import styles from './pledge.module.css';
import type { Pledge } from './status';

type Shown = 'wait' | 'process' | 'finish' | 'error';

/** Where the registration stands, from the draft to the end of the right. */
export function PledgeSteps({ pledge }: { pledge: Pledge }) {
  const narrow = useNarrow();
  const registered = !!pledge.registered_on;
  const failed = pledge.status === 'refused';
  const over = ['cancelled', 'lapsed', 'revoked'].includes(pledge.status);
  const file: Shown = pledge.filed_on ? 'finish' : pledge.consented_at ? 'process' : 'wait';
  const register: Shown = registered
    ? 'finish'
    : failed
      ? 'error'
      : pledge.filed_on
        ? 'process'
        : 'wait';
  const release: Shown =
    pledge.status === 'lapsed' || pledge.status === 'revoked'
      ? 'error'
      : over
        ? 'finish'
        : pledge.status === 'cancel_filed'
          ? 'process'
          : 'wait';
  return (
    <Panel>
      <Steps
        className={styles.steps ?? ''}
        size="small"
        orientation={narrow ? 'vertical' : 'horizontal'}
        items={[
          { title: '起草合同', status: 'finish', content: '银行客户经理' },
          {
            title: '出质人签署',
            status: pledge.consented_at ? 'finish' : 'process',
            content: pledge.consented_at ? pledge.consented_by_name : '等待企业签署人',
          },
          {
            title: '申报登记',
            status: file,
            content: pledge.status === 'correction' ? '补正中' : (pledge.filed_on ?? '未申报'),
          },
          {
            title: failed ? '不予登记' : '取得登记',
            status: register,
            content: pledge.registered_on ?? (failed ? '登记机关已通知' : '质权自登记时设立'),
          },
          {
            title: pledge.status === 'lapsed' ? '登记期满' : '注销',
            status: release,
            content: pledge.cancelled_on ?? '债务清偿后办理',
          },
        ]}
      />
    </Panel>
  );
}
