import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Layout } from 'antd';
import { useState } from 'react';
import { Link, Outlet, ScrollRestoration } from 'react-router';

import { consoleHeader } from '@/app/features';
import { AdmissionNotice } from '@/app/layouts/admission-notice';
import { SessionMenu } from '@/app/layouts/session-menu';
import { SideMenu } from '@/app/layouts/side-menu';
import { useTitle } from '@/app/use-title';
import { useSession } from '@/shared/session';
import { Logo } from '@/shared/ui/logo';

import styles from './console.module.css';

/** The frame of everything behind sign-in. */
export function ConsoleLayout() {
  const [open, setOpen] = useState(false);
  const session = useSession();
  useTitle();

  return (
    <Layout className={styles.frame}>
      <a className="skip-link" href="#content">
        跳到正文
      </a>
      <aside className={styles.side}>
        <Link to="/console" className={styles.brand} aria-label="邵知融 首页">
          <Logo tone="light" />
        </Link>
        <SideMenu />
        <Link className={styles.public} to="/">
          公众服务网站
        </Link>
      </aside>
      <div className={styles.body}>
        <header className={styles.head}>
          <Button
            className={styles.burger ?? ''}
            type="text"
            icon={<MenuOutlined />}
            aria-label="打开菜单"
            onClick={() => setOpen(true)}
          />
          <Link to="/console" className={styles.headBrand} aria-label="邵知融 首页">
            <Logo compact />
          </Link>
          <span className={styles.organization}>{session?.organization.name}</span>
          <div className={styles.tools}>
            {consoleHeader.map(({ Component, order }) => (
              <Component key={order} />
            ))}
            <SessionMenu />
          </div>
        </header>
        <main id="content" className={styles.content} tabIndex={-1}>
          <AdmissionNotice />
          <Outlet />
        </main>
      </div>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="left"
        size={280}
        title={<Logo tone="light" />}
        styles={{
          section: { background: 'var(--ink)' },
          header: { borderBottomColor: 'rgba(255,255,255,.12)' },
          body: { padding: '8px 0' },
          close: { color: '#c8dad9' },
        }}
      >
        <SideMenu onChoose={() => setOpen(false)} />
      </Drawer>
      <ScrollRestoration />
    </Layout>
  );
}
