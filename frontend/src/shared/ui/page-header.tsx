import { ArrowLeftOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import styles from './page-header.module.css';

interface Props {
  title: ReactNode;
  /** One sentence below the title: what this page is for. */
  description?: ReactNode;
  /** A business number, shown in tabular figures. */
  number?: string | undefined;
  status?: ReactNode;
  /** Where "back" leads. */
  back?: { to: string; label: string } | undefined;
  /** Buttons on the right. */
  extra?: ReactNode;
}

/** The head of a console page: its one h1, and what can be done. */
export function PageHeader({ title, description, number, status, back, extra }: Props) {
  return (
    <div className={styles.header}>
      <div className={styles.words}>
        {back ? (
          <Link className={styles.back} to={back.to}>
            <ArrowLeftOutlined aria-hidden /> {back.label}
          </Link>
        ) : null}
        <div className={styles.line}>
          <h1>{title}</h1>
          {status}
          {number ? <span className={`num ${styles.number}`}>{number}</span> : null}
        </div>
        {description ? <p className={styles.description}>{description}</p> : null}
      </div>
      {extra ? <div className={styles.extra}>{extra}</div> : null}
    </div>
  );
}
