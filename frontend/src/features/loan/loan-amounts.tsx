import { Money } from '@/shared/ui/money';
import { Panel } from '@/shared/ui/panel';

import styles from './loan.module.css';
import type { Loan } from './status';

/** The three sums side by side; they are never added. */
export function LoanAmounts({ loan }: { loan: Loan }) {
  return (
    <Panel>
      <dl className={styles.amounts}>
        <div>
          <dt>质押登记金额</dt>
          <dd>
            {loan.registered_amount ? (
              <Money value={loan.registered_amount} variant="exact" />
            ) : (
              '尚未登记'
            )}
          </dd>
        </div>
        <div>
          <dt>授信额度（合同金额 {<Money value={loan.principal} />}）</dt>
          <dd>
            <Money value={loan.credit_line} variant="exact" />
          </dd>
        </div>
        <div>
          <dt>放款金额</dt>
          <dd>
            {loan.disbursed_on ? (
              <Money value={loan.disbursed_amount} variant="exact" />
            ) : (
              '尚未放款'
            )}
          </dd>
        </div>
      </dl>
      <p className={styles.caution}>
        三个数含义不同，不能相加：登记的是担保金额，授信的是可用额度，放款的才是实际借出的钱。
        {loan.disbursed_on ? (
          <>
            {' '}
            当前贷款余额 <Money value={loan.outstanding} variant="exact" />。
          </>
        ) : null}
      </p>
    </Panel>
  );
}
