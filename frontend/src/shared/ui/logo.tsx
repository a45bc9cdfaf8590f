import styles from './logo.module.css';

interface Props {
  /** On the dark side bar, or on paper. */
  tone?: 'light' | 'dark';
  /** Only the mark, for narrow places. */
  compact?: boolean;
}

/** The mark: a shield (protection) around an ancient coin, which is round with a square hole. */
export function Logo({ tone = 'dark', compact = false }: Props) {
  return (
    <span className={styles.logo} data-tone={tone}>
      <svg viewBox="0 0 48 48" width="32" height="32" aria-hidden focusable="false">
        <path
          className={styles.shield}
          d="M24 4 41 10v14c0 10-7 17-17 20.500C14 41 7 34 7 24V10z"
        />
        <circle className={styles.coin} cx="24" cy="24" r="9.500" />
        <path className={styles.hole} d="M20.500 20.500h7v7h-7z" />
      </svg>
      {compact ? null : (
        <span className={styles.words}>
          <span className={styles.name}>邵知融</span>
          <span className={styles.line}>知识产权质押融资平台</span>
        </span>
      )}
    </span>
  );
}
