import { api } from '@/api/client';
import { fill } from '@/features/session/fill';

import styles from './demo-accounts.module.css';

/** What the demo's seed gives every one of its accounts; there is no demo with real data. */
const DEMO_PASSWORD = 'Shaoyang@2026';

/** On a demo installation: one click signs in as anybody of the story. */
export function DemoAccounts() {
  const { data } = api.useQuery(
    'get',
    '/portal/demo-accounts',
    {},
    { retry: false, staleTime: Infinity },
  );
  const accounts = data?.items ?? [];
  if (accounts.length === 0) return null;
  const organizations = [...new Set(accounts.map((account) => account.organization))];
  return (
    <section className={styles.panel} aria-labelledby="demo-title">
      <h2 id="demo-title">演示账号</h2>
      <p>本系统载有演示数据。点击姓名即以该身份登录（口令均为 {DEMO_PASSWORD}）。</p>
      <div className={styles.groups}>
        {organizations.map((organization) => (
          <div key={organization} className={styles.group}>
            <h3>{organization}</h3>
            <div className={styles.people}>
              {accounts
                .filter((account) => account.organization === organization)
                .map((account) => (
                  <button
                    key={account.username}
                    type="button"
                    onClick={() => fill({ username: account.username, password: DEMO_PASSWORD })}
                  >
                    <strong>{account.name}</strong>
                    <span>{account.role_names.join('、')}</span>
                  </button>
                ))}
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}
