import { api } from '@/api/client';
import { fill } from '@/features/session/fill';

import styles from './demo-accounts.module.css';

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
      <p>本系统载有演示数据。点击姓名即以该身份登录，体验各方如何办理。</p>
      <div className={styles.groups}>
        {organizations.map((organization) => (
          <div key={organization} className={styles.group}>
            <h3>{organization}</h3>
            <div className={styles.people}>
              {accounts
                .filter((account) => account.organization === organization)
                .map((account) => (
                  <button key={account.username} type="button" onClick={() => fill(account)}>
                    <strong>{account.name}</strong>
                    <span>{account.role_name}</span>
                  </button>
                ))}
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}
