import { Select } from 'antd';

import { yearChoices } from '@/shared/format/years';

interface YearSelectProps {
  value: number | string;
  onChange: (year: string) => void;
}

/** Chooses one of the years there may be figures of. */
export function YearSelect({ value, onChange }: YearSelectProps) {
  return (
    <Select aria-label="年份" value={String(value)} onChange={onChange} options={yearChoices()} />
  );
}
