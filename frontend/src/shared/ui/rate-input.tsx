import { Input } from 'antd';

interface Props {
  id?: string;
  /** Percent: "4.35". */
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  /** Digits after the point; the database keeps six. */
  places?: number;
  placeholder?: string;
  disabled?: boolean;
  'aria-label'?: string;
}

/** A percentage as a decimal string. Keeps out what can't become one. */
export function RateInput({ value, onChange, places = 6, ...rest }: Props) {
  const typed = new RegExp(`^\\d{0,3}(?:\\.\\d{0,${places}})?$`);
  return (
    <Input
      {...rest}
      className="num"
      inputMode="decimal"
      autoComplete="off"
      suffix="%"
      value={value ?? ''}
      onChange={(event) => {
        const next = event.target.value.replace(/[%％\s]/g, '').replace(/。/g, '.');
        if (typed.test(next)) onChange?.(next || undefined);
      }}
      onBlur={() => {
        if (value?.endsWith('.')) onChange?.(value.slice(0, -1) || undefined);
        else if (value?.startsWith('.')) onChange?.(`0${value}`);
      }}
    />
  );
}
