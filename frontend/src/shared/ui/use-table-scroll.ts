import type { GetRef, Table } from 'antd';
import { useEffect, useRef, type RefObject } from 'react';

type TableRef = GetRef<typeof Table>;

/**
 * Give it to a table as `ref`: where the table is wider than its place, the part that scrolls
 * can be reached and moved by keyboard; where it isn't, nothing stops there in vain.
 */
export function useTableScroll(): RefObject<TableRef | null> {
  const table = useRef<TableRef>(null);
  useEffect(() => {
    const part = table.current?.nativeElement.querySelector('.ant-table-content, .ant-table-body');
    if (!(part instanceof HTMLElement)) return undefined;
    const adjust = () => {
      if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
      else part.removeAttribute('tabindex');
    };
    adjust();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const watch = new ResizeObserver(adjust);
    watch.observe(part);
    return () => watch.disconnect();
  });
  return table;
}
