import { Link } from 'react-router';

import { entryLabel, entryPath, menuFor } from '@/app/console-menu';
import { useSession } from '@/shared/session';
import { EmptyState } from '@/shared/ui/empty-state';
import { Icon } from '@/shared/ui/icon';

import styles from './console-home.module.css';

/** The first page while no feature offers a better one: what this role can do, by area. */
export function ConsoleHome() {
  const session = useSession();
  const sections = menuFor(session);
  return (
    <>
      <header className={styles.hello}>
        <h1>{session?.user.name}，您好</h1>
        <p>{[session?.organization.name, ...(session?.role_names ?? [])].join('，')}</p>
      </header>
      {sections.length === 0 ? (
        <EmptyState
          icon="key"
          title="尚未授予办理权限"
          description="请联系本单位管理员为您的账号分配角色。"
        />
      ) : (
        sections.map((section) => (
          <section key={section.group} className={styles.section}>
            <h2>{section.label}</h2>
            <div className={styles.grid}>
              {section.entries.map((entry) => (
                <Link key={entry.path} className={styles.entry} to={entryPath(entry)}>
                  <Icon name={entry.menu.icon} />
                  <span>{entryLabel(entry)}</span>
                </Link>
              ))}
            </div>
          </section>
        ))
      )}
    </>
  );
}
