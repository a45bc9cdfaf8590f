import styles from './notice-text.module.css';

/** The body of a notice: plain text, its paragraphs kept. */
export function NoticeText({ text }: { text: string }) {
  return (
    <div className={styles.text}>
      {text
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line, index) => (
          <p key={index}>{line}</p>
        ))}
    </div>
  );
}
