import { CheckCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useEffect, useState } from 'react';

import { toProblem } from '@/api/problem';
import { requestJSON } from '@/api/request';

import styles from './identifier-input.module.css';

interface Props {
  id?: string;
  value?: string | undefined;
  onChange?: (value: string | undefined) => void;
  /** uscc, patent, trademark, cnaps, resident_id or gi. */
  kind: 'uscc' | 'patent' | 'trademark' | 'cnaps' | 'resident_id' | 'gi';
  placeholder?: string;
  disabled?: boolean;
  'aria-label'?: string;
}

/** GET /identifiers/check (identifier.Result). */
interface Check {
  valid: boolean;
  /** As it is stored. */
  normalized: string;
  /** What the number itself says. */
  details: Record<string, string> | null;
  problems: { code: string; message: string }[] | null;
}

/** internal/identifier/patent.go */
const PATENT_TYPES: Record<string, string> = {
  invention: '发明专利',
  utility_model: '实用新型',
  design: '外观设计',
  pct_invention: '发明专利（国际申请）',
  pct_utility_model: '实用新型（国际申请）',
};

/** What a valid number tells, so that a slip shows: the place, the year, the kind. */
function reading(details: Check['details']): string {
  if (!details) return '';
  const type = PATENT_TYPES[details['type'] ?? ''];
  const year = details['application_year'];
  return [
    details['authority_name'],
    details['area_name'],
    type,
    year && year !== '0' ? `${year} 年申请` : undefined,
    details['birth_date'] ? `${details['birth_date']} 出生` : undefined,
  ]
    .filter(Boolean)
    .join('，');
}

/** A number with a check digit; the server's own rule judges it while it is typed. */
export function IdentifierInput({ kind, value, onChange, ...rest }: Props) {
  const settled = useSettled(value?.trim() ?? '', 400);
  const check = useQuery({
    queryKey: ['identifier', kind, settled],
    queryFn: ({ signal }) =>
      requestJSON<Check>('GET', '/identifiers/check', { query: { kind, value: settled }, signal }),
    enabled: settled.length >= 4,
    staleTime: Infinity,
    retry: false,
    // The normal form of a number is as good as the number: its answer stays on screen, or
    // the button below would move away under the click that left the field.
    placeholderData: (before) => (before?.normalized === settled ? before : undefined),
  });
  const typed = value?.trim();
  const current = settled !== '' && (settled === typed || check.data?.normalized === typed);
  const answer = current ? check.data : undefined;
  const refused = current && check.error ? toProblem(check.error) : undefined;
  // A refusal about the value is an answer too; a lost connection says nothing about it.
  const fault =
    answer?.valid === false
      ? (answer.problems?.[0]?.message ?? '号码有误，请核对')
      : refused?.status === 422
        ? refused.detail
        : '';

  return (
    <div>
      <Input
        {...rest}
        className="num"
        autoComplete="off"
        spellCheck={false}
        value={value ?? ''}
        {...(fault ? { status: 'error' as const } : {})}
        suffix={
          answer?.valid ? (
            <CheckCircleFilled className={styles.good} aria-label="校验通过" />
          ) : (
            <span />
          )
        }
        onChange={(event) => onChange?.(event.target.value || undefined)}
        onBlur={() => {
          if (answer?.valid && answer.normalized) onChange?.(answer.normalized);
        }}
      />
      <div className={styles.note} data-fault={!!fault} aria-live="polite">
        {fault || (answer?.valid ? reading(answer.details) : '')}
      </div>
    </div>
  );
}

/** The value once it has stopped changing. */
function useSettled(value: string, delay: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
