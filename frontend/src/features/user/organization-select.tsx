import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';

import { client } from '@/api/client';
import { kindLabel } from '@/shared/labels';

interface Props {
  id?: string;
  value?: string | undefined;
  onChange?: (id: string | undefined, kind: string | undefined) => void;
}

/** Finds an organisation by name, number or credit code. */
export function OrganizationSelect({ id, value, onChange }: Props) {
  const [q, setQ] = useState('');
  const found = useQuery({
    queryKey: ['organization-select', q],
    queryFn: async () => {
      const { data } = await client.GET('/organizations', {
        params: { query: { q, limit: 20, sort: 'name' } },
      });
      return data?.items ?? [];
    },
    staleTime: 30_000,
  });
  return (
    <Select
      {...(id ? { id } : {})}
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      placeholder="按名称、编号或信用代码查找"
      loading={found.isFetching}
      value={value ?? null}
      onChange={(next: string | null) =>
        onChange?.(next ?? undefined, found.data?.find((each) => each.id === next)?.kind)
      }
      options={(found.data ?? []).map((each) => ({
        value: each.id,
        label: `${each.name}（${kindLabel(each.kind)}）`,
      }))}
    />
  );
}
