import { Space } from 'antd';

import type { Item } from '@/api/types';
import { StatusTag } from '@/shared/ui/status-tag';

import { ENROLMENT_STATUS, REFILING_STATUS } from './status';

type Row = Pick<Item<'/enrolments'>, 'status' | 'refiling'>;

/** Where the enrolment stands, and whether an extension of its loan waits to be filed. */
export function EnrolmentStatus({ enrolment }: { enrolment: Row }) {
  return (
    <Space size={4} wrap>
      <StatusTag status={enrolment.status} map={ENROLMENT_STATUS} />
      {enrolment.refiling ? <StatusTag status={enrolment.refiling} map={REFILING_STATUS} /> : null}
    </Space>
  );
}
