import { useSearchParams } from 'react-router';

import { DateInput } from '@/shared/ui/date-input';

import styles from './ledger.module.css';

export interface Period {
  from: string | undefined;
  to: string | undefined;
}

/** The period in the address; without one the server takes this year until today. */
export function usePeriod(): Period {
  const [search] = useSearchParams();
  return { from: search.get('from') ?? undefined, to: search.get('to') ?? undefined };
}

interface Props {
  /** What the server answered for. */
  shown: { from: string; to: string };
}

/** From and to, kept in the address. */
export function PeriodPicker({ shown }: Props) {
  const [search, setSearch] = useSearchParams();
  const set = (name: 'from' | 'to', value: string | undefined) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true, preventScrollReset: true });
  };
  return (
    <div className={styles.period}>
      <label>
        起日
        <DateInput value={shown.from} max={shown.to} onChange={(value) => set('from', value)} />
      </label>
      <label>
        止日
        <DateInput value={shown.to} min={shown.from} onChange={(value) => set('to', value)} />
      </label>
    </div>
  );
}
