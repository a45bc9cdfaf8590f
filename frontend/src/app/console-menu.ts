import { consoleRoutes } from '@/app/features';
import { MENU_GROUPS, type ConsoleRoute, type MenuGroup } from '@/shared/routing';
import { meets, type Session } from '@/shared/session';

export type Entry = ConsoleRoute & { menu: NonNullable<ConsoleRoute['menu']> };

export interface Section {
  group: MenuGroup;
  label: string;
  entries: Entry[];
}

const listed = consoleRoutes
  .filter((route): route is Entry => route.menu !== undefined)
  .sort((a, b) => a.menu.order - b.menu.order);

/** The address of an entry. */
export function entryPath(entry: ConsoleRoute): string {
  return entry.path === '' ? '/console' : `/console/${entry.path}`;
}

/** The name of an entry in the menu. */
export function entryLabel(entry: Entry): string {
  return entry.menu.label ?? entry.title;
}

/** The menu of this session, by business area; areas without an entry are left out. */
export function menuFor(session: Session | null | undefined): Section[] {
  return (Object.keys(MENU_GROUPS) as MenuGroup[])
    .map((group) => ({
      group,
      label: MENU_GROUPS[group],
      entries: listed.filter((entry) => entry.menu.group === group && meets(session, entry)),
    }))
    .filter((section) => section.entries.length > 0);
}

/** The entry a page belongs to: the longest path that its own begins with. */
export function entryOf(sections: Section[], path: string): string | undefined {
  return sections
    .flatMap((section) => section.entries)
    .map(entryPath)
    .filter((each) => path === each || (each !== '/console' && path.startsWith(`${each}/`)))
    .sort((a, b) => b.length - a.length)[0];
}
