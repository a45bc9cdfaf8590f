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
  /** What the API checks: "uscc", "patent_no", "trademark_no", "cnaps". */
  kind: string;
  placeholder?: string;
  disabled?: boolean;
  'aria-label'?: string;
}

/** GET /identifiers/check */
interface Check {
  valid: boolean;
  /** As it is stored. */
  normalized?: string;
  /** Why it isn't valid, or what it says: "发明专利，2019 年申请". */
  message?: string;
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
  });
  const current = settled !== '' && settled === value?.trim();
  const answer = current ? check.data : undefined;
  const refused = current && check.error ? toProblem(check.error) : undefined;
  // A refusal about the value is an answer too; a lost connection says nothing about it.
  const fault =
    answer?.valid === false ? answer.message : refused?.status === 422 ? refused.detail : '';

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
        {fault || answer?.message || ''}
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
