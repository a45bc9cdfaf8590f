import { Select } from 'antd';
import { useId } from 'react';

import { api } from '@/api/client';
import { yearChoices } from '@/shared/format/years';

import type { formOf } from './forms';
import styles from './report.module.css';

interface Props {
  fields: ReturnType<typeof formOf>['fields'];
  year: string;
  search: URLSearchParams;
  onChange: (values: Record<string, string | undefined>) => void;
}

interface Choice {
  value: string;
  label: string;
}

const MONTHS: Choice[] = Array.from({ length: 12 }, (_, index) => ({
  value: String(index + 1),
  label: `${index + 1} 月`,
}));

/** For when and where the form is made; only what this form can be narrowed to. */
export function ReportFields({ fields, year, search, onChange }: Props) {
  const { data } = api.useQuery('get', '/indicators/cockpit');
  const banks = (data?.banks ?? []).map((bank) => ({ value: bank.key, label: bank.name }));
  const areas = (data?.areas ?? [])
    .filter((area) => /^\d{6}$/.test(area.key))
    .map((area) => ({ value: area.key, label: area.name }));
  const funds = (data?.funds ?? []).map((fund) => ({ value: fund.id, label: fund.name }));
  const field = (name: string, label: string, options: Choice[], all: string) => (
    <Field
      label={label}
      all={all}
      options={options}
      value={search.get(name) ?? ''}
      onChange={(value) => onChange({ [name]: value })}
    />
  );
  const allYears = fields.includes('all-years');
  return (
    <div className={styles.fields}>
      {fields.includes('year') || allYears ? (
        <Field
          label="年份"
          {...(allYears ? { all: '全部年度' } : {})}
          options={yearChoices()}
          value={year}
          onChange={(value) => onChange({ year: value, month: undefined })}
        />
      ) : null}
      {fields.includes('month') && year
        ? field(
            'month',
            '月份',
            MONTHS,
            search.get('form') === 'r2' || !search.get('form') ? '最近月份' : '全年',
          )
        : null}
      {fields.includes('area') ? field('area_code', '县市区', areas, '全市') : null}
      {fields.includes('bank') ? field('bank_id', '银行', banks, '全部银行') : null}
      {fields.includes('fund') ? field('fund_id', '基金', funds, '全部基金') : null}
    </div>
  );
}

interface FieldProps {
  label: string;
  options: Choice[];
  value: string;
  /** What no choice means. */
  all?: string;
  onChange: (value: string | undefined) => void;
}

function Field({ label, options, value, all, onChange }: FieldProps) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        popupMatchSelectWidth={false}
        value={value}
        options={all ? [{ value: '', label: all }, ...options] : options}
        onChange={(next: string) => onChange(next || undefined)}
      />
    </span>
  );
}
