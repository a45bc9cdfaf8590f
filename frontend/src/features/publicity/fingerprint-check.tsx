import { Alert } from 'antd';
import { useId, useState } from 'react';

import { sha256 } from './sha256';
import styles from './publicity.module.css';

/** Works out the fingerprint of a file in the browser: the file leaves nobody's machine. */
export function FingerprintCheck({ expected }: { expected: string }) {
  const id = useId();
  const [found, setFound] = useState<string>();
  return (
    <div className={styles.check}>
      <label htmlFor={id}>核对手中的文件（在本机计算，不上传）</label>
      <input
        id={id}
        type="file"
        accept="application/pdf"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void sha256(file).then(setFound);
          else setFound(undefined);
        }}
      />
      {found === undefined ? null : found === expected ? (
        <Alert type="success" showIcon title="一致：手中的文件就是发布的公示文件。" />
      ) : (
        <Alert
          type="error"
          showIcon
          title="不一致：手中的文件不是发布的公示文件，或已被改动。"
          description={<code className={styles.hash}>{found}</code>}
        />
      )}
    </div>
  );
}
