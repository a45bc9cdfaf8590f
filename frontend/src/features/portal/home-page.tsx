import { Coins } from '@/shared/ui/coins';
import { Icon, type IconName } from '@/shared/ui/icon';
import { LinkButton } from '@/shared/ui/link-button';

import styles from './home-page.module.css';

const steps = [
  { title: '登记核验', text: '专利、商标、地理标志编号自动校验，主管部门核验权属。' },
  { title: '评估定价', text: '评估机构出具报告，两名评估师签署，金额精确到分。' },
  { title: '密封竞价', text: '银行在窗口期内密封报价，截止后并列比较综合成本。' },
  { title: '质押放款', text: '质押登记完成方可放款，一项权利不重复出质。' },
  { title: '风险分担', text: '贷款备案入池，违约后按比例补偿，追偿款按比例返还。' },
];

const audiences: { icon: IconName; title: string; text: string }[] = [
  {
    icon: 'gold',
    title: '企业',
    text: '登记知识产权、发布融资需求、比较报价、跟踪贷款、申领贴息。',
  },
  {
    icon: 'bank',
    title: '银行',
    text: '发布产品、密封报价、登记放款还款、备案入池、申请风险补偿。',
  },
  {
    icon: 'solution',
    title: '评估、担保、保险机构',
    text: '承接评估委托，出具双签报告，参与风险分担。',
  },
  {
    icon: 'shield',
    title: '主管部门',
    text: '核验准入、评审补偿、公示监督，指标逐级下钻到每一笔。',
  },
];

/** The public front page: what this is, how it goes, for whom. */
export function HomePage() {
  return (
    <>
      <section className={styles.hero}>
        <Coins className={styles.coins ?? ''} />
        <div className={styles.heroInner}>
          <p className={styles.kicker}>知识产权质押融资与风险补偿</p>
          <h1>
            一纸专利，
            <br />
            也能贷到款
          </h1>
          <p className={styles.lead}>
            企业以专利、商标、地理标志出质，银行公平竞价放款，政府风险补偿资金为银行分担损失。每一步有据可查，每一分钱可追溯。
          </p>
          <div className={styles.enter}>
            <LinkButton type="primary" size="large" to="/sign-in">
              登录办理
            </LinkButton>
          </div>
        </div>
      </section>

      <section className={styles.section} aria-labelledby="steps">
        <h2 id="steps">从一件专利到一笔贷款</h2>
        <ol className={styles.steps}>
          {steps.map((step, index) => (
            <li key={step.title}>
              <span className={`num ${styles.ordinal}`} aria-hidden>
                {index + 1}
              </span>
              <strong>{step.title}</strong>
              <p>{step.text}</p>
            </li>
          ))}
        </ol>
      </section>

      <section className={`${styles.section} ${styles.tinted}`} aria-labelledby="audiences">
        <h2 id="audiences">各方在此办什么</h2>
        <div className={styles.audiences}>
          {audiences.map((audience) => (
            <article key={audience.title}>
              <span className={styles.icon}>
                <Icon name={audience.icon} />
              </span>
              <h3>{audience.title}</h3>
              <p>{audience.text}</p>
            </article>
          ))}
        </div>
      </section>
    </>
  );
}
