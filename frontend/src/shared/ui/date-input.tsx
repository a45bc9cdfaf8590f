import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface Props {
  id?: string;
  /** YYYY-MM-DD. */
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  /** First and last day that may be chosen, YYYY-MM-DD. */
  min?: string;
  max?: string;
  placeholder?: string;
  disabled?: boolean;
  'aria-label'?: string;
}

/** A day as the string that the API speaks. */
export function DateInput({ value, onChange, min, max, ...rest }: Props) {
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%' }}
      value={value ? dayjs(value) : null}
      {...(min ? { minDate: dayjs(min) } : {})}
      {...(max ? { maxDate: dayjs(max) } : {})}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
    />
  );
}
