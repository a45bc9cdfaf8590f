import { CloseCircleOutlined, FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';

import type { FilterValues, ListState } from '@/shared/ui/use-list';

import styles from './filter-bar.module.css';

interface Choice {
  value: string;
  label: string;
}

export type Filter =
  | { type: 'select'; name: string; label: string; options: readonly Choice[] }
  /** Several values, joined by commas in the one parameter. */
  | { type: 'multi'; name: string; label: string; options: readonly Choice[] }
  | { type: 'text'; name: string; label: string }
  | { type: 'date'; name: string; label: string }
  /** Two parameters, the first and the last day. */
  | { type: 'date-range'; from: string; to: string; label: string };

interface Props {
  list: Pick<ListState, 'q' | 'filters' | 'setSearch' | 'setFilters' | 'clear'>;
  filters?: readonly Filter[];
  /** What the search looks at: "编号、名称". Leave out where the list can't be searched. */
  searchHint?: string | undefined;
}

/** Search and filters of a list. On narrow screens the filters fold away. */
export function FilterBar({ list, filters = [], searchHint }: Props) {
  const [open, setOpen] = useState(false);
  const active = Object.values(list.filters).filter(Boolean).length;
  return (
    <div className={styles.bar} role="search">
      <div className={styles.first}>
        {searchHint ? <SearchBox list={list} hint={searchHint} /> : null}
        {filters.length > 0 ? (
          <Button
            className={styles.fold ?? ''}
            icon={<FilterOutlined />}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            筛选{active > 0 ? ` ${active}` : ''}
          </Button>
        ) : null}
      </div>
      <div className={styles.filters} data-open={open}>
        {filters.map((filter) => (
          <FilterField
            key={filter.type === 'date-range' ? filter.from : filter.name}
            filter={filter}
            values={list.filters}
            onChange={list.setFilters}
          />
        ))}
        {active > 0 || list.q ? (
          <Button type="text" icon={<CloseCircleOutlined />} onClick={list.clear}>
            清除条件
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function SearchBox({ list, hint }: { list: Props['list']; hint: string }) {
  const [text, setText] = useState(list.q);
  const [known, setKnown] = useState(list.q);
  if (known !== list.q) {
    // The address changed by the back button or "清除条件": the box follows.
    setKnown(list.q);
    setText(list.q);
  }
  return (
    <Input
      className={styles.search ?? ''}
      prefix={<SearchOutlined aria-hidden />}
      placeholder={`搜索${hint}`}
      aria-label={`搜索${hint}`}
      allowClear
      maxLength={100}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === '' && list.q) list.setSearch('');
      }}
      onPressEnter={() => list.setSearch(text)}
      onBlur={() => {
        if (text.trim() !== list.q) list.setSearch(text);
      }}
    />
  );
}

interface FieldProps {
  filter: Filter;
  values: FilterValues;
  onChange: (values: FilterValues) => void;
}

function FilterField({ filter, values, onChange }: FieldProps) {
  const id = useId();
  return (
    <span className={styles.field} data-type={filter.type}>
      <label htmlFor={id}>{filter.label}</label>
      <FilterControl id={id} filter={filter} values={values} onChange={onChange} />
    </span>
  );
}

function FilterControl({ id, filter, values, onChange }: FieldProps & { id: string }) {
  switch (filter.type) {
    case 'select':
      return (
        <Select
          id={id}
          allowClear
          showSearch={filter.options.length > 8 ? { optionFilterProp: 'label' } : false}
          placeholder="全部"
          popupMatchSelectWidth={false}
          value={values[filter.name]}
          options={[...filter.options]}
          onChange={(value: string | undefined) => onChange({ [filter.name]: value })}
        />
      );
    case 'multi':
      return (
        <Select
          id={id}
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          placeholder="全部"
          popupMatchSelectWidth={false}
          value={values[filter.name]?.split(',') ?? []}
          options={[...filter.options]}
          onChange={(value: string[]) => onChange({ [filter.name]: value.join(',') || undefined })}
        />
      );
    case 'text':
      return (
        <Input
          id={id}
          key={values[filter.name] ?? ''}
          allowClear
          defaultValue={values[filter.name] ?? ''}
          onPressEnter={(event) => onChange({ [filter.name]: event.currentTarget.value })}
          onBlur={(event) => {
            if (event.target.value !== (values[filter.name] ?? '')) {
              onChange({ [filter.name]: event.target.value });
            }
          }}
        />
      );
    case 'date':
      return (
        <DatePicker
          id={id}
          value={day(values[filter.name])}
          onChange={(value) => onChange({ [filter.name]: value?.format('YYYY-MM-DD') })}
        />
      );
    case 'date-range':
      return (
        <DatePicker.RangePicker
          id={id}
          allowEmpty={[true, true]}
          value={[day(values[filter.from]), day(values[filter.to])]}
          onChange={(range) =>
            onChange({
              [filter.from]: range?.[0]?.format('YYYY-MM-DD'),
              [filter.to]: range?.[1]?.format('YYYY-MM-DD'),
            })
          }
        />
      );
  }
}

function day(value: string | undefined) {
  return value ? dayjs(value) : null;
}
