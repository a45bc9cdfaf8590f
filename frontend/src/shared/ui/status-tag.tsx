import { Tag } from 'antd';

/** What a status looks like. `color` is one of antd's meanings, never a free colour. */
export interface StatusLook {
  text: string;
  color: 'default' | 'processing' | 'success' | 'warning' | 'error';
}

/** One look for each status, complete by type: `Record<BidView['status'], StatusLook>`. */
export type StatusMap<S extends string> = Record<S, StatusLook>;

interface Props<S extends string> {
  status: S;
  map: StatusMap<S>;
}

/** A status in words, with a dot whose colour only supports what the word says. */
export function StatusTag<S extends string>({ status, map }: Props<S>) {
  const look = (map as Partial<StatusMap<string>>)[status] ?? {
    text: '未知状态',
    color: 'default',
  };
  return (
    <Tag color={look.color} variant="filled" style={{ marginInlineEnd: 0 }}>
      {look.text}
    </Tag>
  );
}

/** The options of a filter by status. */
export function statusOptions<S extends string>(map: StatusMap<S>): { value: S; label: string }[] {
  return (Object.keys(map) as S[]).map((value) => ({ value, label: map[value].text }));
}
