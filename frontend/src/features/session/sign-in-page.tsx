import { useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';

import { DemoAccounts } from '@/features/session/demo-accounts';
import { SignInForm } from '@/features/session/sign-in-form';
import { useSession } from '@/shared/session';
import { Coins } from '@/shared/ui/coins';
import { Logo } from '@/shared/ui/logo';

import styles from './sign-in-page.module.css';

const points = [
  { title: '知产变资产', text: '专利、商标、地理标志在线登记核验，评估、质押全程留痕。' },
  { title: '银企密封竞价', text: '报价截止前任何人不可见，截止后按综合成本并列比较。' },
  { title: '风险共担到分', text: '补偿资金逐笔记账、链式存证，每一分钱都能追溯。' },
];

/** The door: what the platform is on the left, who you are on the right. */
export function SignInPage() {
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const next = inside(search.get('next'));

  if (session) return <Navigate replace to={next} />;

  return (
    <div className={styles.page}>
      <aside className={styles.story} aria-label="平台简介">
        <Coins className={styles.coins ?? ''} />
        <Link to="/" className={styles.brand} aria-label="邵知融 首页">
          <Logo tone="light" />
        </Link>
        <div className={styles.claim}>
          <p className={styles.headline}>
            让知识产权
            <br />
            成为企业的信用
          </p>
          <ul className={styles.points}>
            {points.map((point) => (
              <li key={point.title}>
                <strong>{point.title}</strong>
                <span>{point.text}</span>
              </li>
            ))}
          </ul>
        </div>
        <p className={styles.small}>
          平台只作信息对接、流程登记与资金账目，不发放贷款，不持有客户资金。
        </p>
      </aside>
      <main className={styles.entry}>
        <div className={styles.box}>
          <Link to="/" className={styles.narrowBrand} aria-label="邵知融 首页">
            <Logo />
          </Link>
          <h1>登录</h1>
          <p className={styles.hint}>企业、银行、评估与担保机构、主管部门使用同一入口。</p>
          {search.has('expired') ? (
            <Alert
              className={styles.alert ?? ''}
              type="info"
              showIcon
              title="登录已超时，请重新登录。"
            />
          ) : null}
          <SignInForm
            onDone={() => {
              // Nothing of the person before stays in memory.
              queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
              void navigate(next, { replace: true });
            }}
          />
          <p className={styles.register}>
            企业首次使用？<Link to="/register">申请入驻</Link>
          </p>
          <DemoAccounts />
        </div>
      </main>
    </div>
  );
}

/** Only addresses of this site: a link must not be able to send people elsewhere. */
function inside(next: string | null): string {
  return next && /^\/[^/\\]/.test(next) ? next : '/console';
}
