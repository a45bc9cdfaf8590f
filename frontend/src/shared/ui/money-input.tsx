import { Input } from 'antd';
import { useState } from 'react';

import { isZero, parseDecimal, writeDecimal } from '@/shared/format/decimal';
import { formatUppercase, readMoney } from '@/shared/format/money';

import styles from './money-input.module.css';

interface Props {
  id?: string;
  /** Yuan: "1500000.00"; undefined or "" while empty. */
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  placeholder?: string;
  disabled?: boolean;
  'aria-label'?: string;
}

/** Sixteen digits before the point, two after: what numeric(18,2) holds. */
const typed = /^\d{0,16}(?:\.\d{0,2})?$/;

/**
 * An amount in yuan. It refuses what can't become one (letters, a third decimal), and reads
 * back what was typed, because a zero too many is the dearest slip there is.
 */
export function MoneyInput({ value, onChange, ...rest }: Props) {
  const [focused, setFocused] = useState(false);
  const [reason, setReason] = useState('');
  const parsed = value ? parseDecimal(value) : undefined;
  const shown = focused || !parsed ? (value ?? '') : writeDecimal(parsed);
  return (
    <div>
      <Input
        {...rest}
        className="num"
        inputMode="decimal"
        autoComplete="off"
        suffix="元"
        value={shown}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          setReason('');
          if (value) onChange?.(complete(value));
        }}
        onChange={(event) => {
          const next = event.target.value.replace(/[,，\s]/g, '').replace(/。/g, '.');
          if (typed.test(next)) {
            setReason('');
            onChange?.(next || undefined);
          } else {
            setReason(/\.\d{3}/.test(next) ? '金额最多到分（两位小数）' : '请只输入数字和小数点');
          }
        }}
      />
      <div className={styles.reading} aria-live="polite">
        {reason ? (
          <span className={styles.reason}>{reason}</span>
        ) : parsed && !isZero(parsed) ? (
          <>
            <span className="num">{readMoney(value ?? '')}</span>
            <span>{formatUppercase(value ?? '')}</span>
          </>
        ) : null}
      </div>
    </div>
  );
}

/** What the API wants: two decimals, no zeros in front. */
function complete(value: string): string | undefined {
  const match = /^(\d*)\.?(\d*)$/.exec(value);
  if (!match || value === '.') return undefined;
  const whole = (match[1] || '0').replace(/^0+(?=\d)/, '');
  return `${whole}.${(match[2] ?? '').padEnd(2, '0')}`;
}
