import { Alert } from 'antd';

import { formatYuan } from '@/shared/format/money';

import type { Claim } from './status';

/** Why the fund can't pay now, or only a part: the balance and the queue decide. */
export function PayNotice({ claim }: { claim: Claim }) {
  if (claim.pay_blocked) {
    return <Alert type="warning" showIcon title="暂不能拨付" description={claim.pay_blocked} />;
  }
  if (!claim.pay_room || claim.pay_room === claim.unpaid) return null;
  return (
    <Alert
      type="info"
      showIcon
      title="余额不足以一次付清，可先拨付一部分"
      description={`尚未拨付 ${formatYuan(claim.unpaid)}，按托管余额与核准先后，本次最多可拨付 ${formatYuan(claim.pay_room)}。`}
    />
  );
}
