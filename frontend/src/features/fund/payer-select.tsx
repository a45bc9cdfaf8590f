import { Select } from 'antd';

import { api } from '@/api/client';

interface Props {
  id?: string;
  value?: string | undefined;
  onChange?: (payer: string) => void;
}

/** Who puts money into a fund: the city, a county or a park. */
export function PayerSelect({ id, value, onChange }: Props) {
  const areas = api.useQuery('get', '/areas');
  const found = areas.data?.items ?? [];
  const of = (kind: 'county' | 'park') =>
    found
      .filter((area) => area.kind === kind)
      .map((area) => ({ value: `${kind}:${area.code}`, label: area.name }));
  return (
    <Select
      {...(id ? { id } : {})}
      value={value ?? null}
      onChange={(next: string | null) => next && onChange?.(next)}
      showSearch={{ optionFilterProp: 'label' }}
      loading={areas.isFetching}
      options={[
        { label: '市级', options: [{ value: 'municipal', label: '市级财政' }] },
        { label: '县市区', options: of('county') },
        { label: '园区', options: of('park') },
      ]}
    />
  );
}
