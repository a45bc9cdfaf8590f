import type { Item } from '@/api/types';
import { StatusTag } from '@/shared/ui/status-tag';

import { policyLook } from './status';

/** Where a version stands, in words. */
export function PolicyTag({ row }: { row: Pick<Item<'/policies'>, 'status' | 'effect'> }) {
  return <StatusTag status="look" map={{ look: policyLook(row) }} />;
}
