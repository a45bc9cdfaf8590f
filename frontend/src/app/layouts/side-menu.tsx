import { Menu, type MenuProps } from 'antd';
import { useMemo } from 'react';
import { Link, useLocation } from 'react-router';

import { entryLabel, entryOf, entryPath, menuFor } from '@/app/console-menu';
import { useSession } from '@/shared/session';
import { Icon } from '@/shared/ui/icon';

/** What the session may reach, grouped by business area. */
export function SideMenu({ onChoose }: { onChoose?: () => void }) {
  const session = useSession();
  const { pathname } = useLocation();
  const sections = useMemo(() => menuFor(session), [session]);
  const selected = entryOf(sections, pathname);
  const items: MenuProps['items'] = sections.map((section) => ({
    type: 'group',
    key: section.group,
    label: section.label,
    children: section.entries.map((entry) => ({
      key: entryPath(entry),
      icon: <Icon name={entry.menu.icon} />,
      label: <Link to={entryPath(entry)}>{entryLabel(entry)}</Link>,
    })),
  }));
  return (
    <nav aria-label="主菜单">
      <Menu
        theme="dark"
        mode="inline"
        items={items}
        selectedKeys={selected ? [selected] : []}
        onClick={() => onChoose?.()}
      />
    </nav>
  );
}
