import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';

import { api } from '@/api/client';
import { formatYuan } from '@/shared/format/money';
import { keepPrevious } from '@/shared/ui/use-list';

interface Props {
  bookId: string;
  id?: string;
  value?: string;
  onChange?: (path: string) => void;
  'aria-label': string;
}

/** An account of the book, found by name or code on the server. */
export function AccountSelect({ bookId, value, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed);
  const query = api.useQuery(
    'get',
    '/ledger/books/{id}/accounts',
    { params: { path: { id: bookId }, query: { q, limit: 50, sort: 'path' } } },
    keepPrevious,
  );
  return (
    <Select
      {...rest}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder="选择科目"
      loading={query.isFetching}
      value={value}
      onChange={onChange}
      options={(query.data?.items ?? []).map((a) => ({
        value: a.path,
        label: `${a.name}（余额 ${formatYuan(a.balance)}）`,
      }))}
    />
  );
}
