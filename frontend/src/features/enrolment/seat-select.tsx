import { Select } from 'antd';

import { api } from '@/api/client';

interface Props {
  id?: string;
  value?: string | undefined;
  onChange?: (id: string | undefined) => void;
  kind: 'guarantor' | 'insurer' | 'appraisal_firm';
  placeholder: string;
}

/** An admitted organisation that takes a share of the loss. */
export function SeatSelect({ id, value, onChange, kind, placeholder }: Props) {
  const query = api.useQuery('get', '/organizations', {
    params: { query: { kind, status: 'admitted', limit: 100, sort: 'name' } },
  });
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      placeholder={placeholder}
      loading={query.isFetching}
      value={value ?? null}
      onChange={(next: string | null) => onChange?.(next ?? undefined)}
      options={(query.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))}
    />
  );
}
