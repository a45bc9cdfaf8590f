import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration } from 'react-router';

import { portalRoutes } from '@/app/features';
import { useTitle } from '@/app/use-title';
import type { PortalRoute } from '@/shared/routing';
import { useSession } from '@/shared/session';
import { LinkButton } from '@/shared/ui/link-button';
import { Logo } from '@/shared/ui/logo';

import styles from './portal.module.css';

type Entry = PortalRoute & { nav: NonNullable<PortalRoute['nav']> };

const entries = portalRoutes
  .filter((route): route is Entry => route.nav !== undefined)
  .sort((a, b) => a.nav.order - b.nav.order);

/** The public site's frame. */
export function PortalLayout() {
  const [open, setOpen] = useState(false);
  const session = useSession();
  useTitle();

  const links = entries.map((entry) => (
    <NavLink
      key={entry.path}
      to={`/${entry.path.replace(/^\//, '')}`}
      end={entry.path === '' || entry.path === '/'}
      className={styles.link ?? ''}
      onClick={() => setOpen(false)}
    >
      {entry.nav.label ?? entry.title}
    </NavLink>
  ));
  const enter = session ? (
    <LinkButton type="primary" to="/console">
      进入工作台
    </LinkButton>
  ) : (
    <LinkButton type="primary" to="/sign-in">
      登录
    </LinkButton>
  );

  return (
    <div className={styles.frame}>
      <a className="skip-link" href="#content">
        跳到正文
      </a>
      <header className={styles.head}>
        <div className={styles.bar}>
          <Link to="/" className={styles.brand} aria-label="邵知融 首页">
            <Logo />
          </Link>
          <nav className={styles.nav} aria-label="网站导航">
            {links}
          </nav>
          <div className={styles.enter}>{enter}</div>
          <Button
            className={styles.burger ?? ''}
            type="text"
            icon={<MenuOutlined />}
            aria-label="打开导航"
            onClick={() => setOpen(true)}
          />
        </div>
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        <Outlet />
      </main>
      <footer className={styles.foot}>
        <div className={styles.footInner}>
          <Logo tone="light" />
          <p>
            平台提供信息对接、流程登记与资金账目，不发放贷款、不持有客户资金、不自行评估，质押登记以国家知识产权局为准。
          </p>
          <p>数据来自平台登记与规划原文，无数据的指标显示“暂无数据”。</p>
        </div>
      </footer>
      <Drawer open={open} onClose={() => setOpen(false)} placement="right" size={260} title="导航">
        <nav className={styles.drawerNav} aria-label="网站导航">
          {links}
        </nav>
      </Drawer>
      <ScrollRestoration />
    </div>
  );
}
