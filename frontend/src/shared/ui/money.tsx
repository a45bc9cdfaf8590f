import { Tooltip } from 'antd';

import {
  autoUnit,
  formatUppercase,
  formatYuan,
  inUnit,
  NO_DATA,
  type MoneyText,
} from '@/shared/format/money';

import styles from './money.module.css';

export interface MoneyProps {
  /** Yuan with two decimals, as the API sends it. */
  value: string | null | undefined;
  /** auto picks 元/万元/亿元; exact shows every fen. */
  variant?: 'auto' | 'exact' | '万' | '亿';
  /** Large, for headlines. */
  strong?: boolean;
}

/** An amount: read at a glance, exact to the fen (and in capitals) on hover or focus. */
export function Money({ value, variant = 'auto', strong = false }: MoneyProps) {
  if (value === null || value === undefined || value === '') {
    return <span className={styles.none}>{NO_DATA}</span>;
  }
  const { figure, unit } = textOf(value, variant);
  const text = (
    <span className={`num ${styles.money}`} data-strong={strong}>
      <span className={styles.figure}>{figure}</span>
      <span className={styles.unit}> {unit}</span>
    </span>
  );
  if (variant === 'exact') return text;
  return (
    <Tooltip
      title={
        <span className="num">
          {formatYuan(value)}
          <br />
          {formatUppercase(value)}
        </span>
      }
    >
      {text}
    </Tooltip>
  );
}

function textOf(value: string, variant: NonNullable<MoneyProps['variant']>): MoneyText {
  switch (variant) {
    case 'exact':
      return inUnit(value, '元');
    case '万':
      return inUnit(value, '万元');
    case '亿':
      return inUnit(value, '亿元');
    default:
      return autoUnit(value);
  }
}
