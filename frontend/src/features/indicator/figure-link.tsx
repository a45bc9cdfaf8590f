import { Link } from 'react-router';

import { Money } from '@/shared/ui/money';

import type { Value } from './words';

interface Props {
  value: Value;
  /** For readers, who hear only the amount otherwise: "双清区在保余额". */
  label: string;
}

/** A figure in a table; it opens its rows. Nothing known is a dash, never 0. */
export function FigureLink({ value, label }: Props) {
  if (!value.amount) return <>—</>;
  return (
    <Link to={value.link} aria-label={`${label}的明细`}>
      <Money value={value.amount} />
    </Link>
  );
}

/** How many rows a figure has; it opens them. */
export function CountLink({ value, label, unit = '笔' }: Props & { unit?: string }) {
  if (value.count === undefined) return <>—</>;
  return (
    <Link to={value.link} className="num" aria-label={`${label}的明细`}>
      {value.count} {unit}
    </Link>
  );
}
