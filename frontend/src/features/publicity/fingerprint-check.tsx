import { Alert, Button, Upload } from 'antd';
import { useState } from 'react';

import { sha256 } from './sha256';
import styles from './publicity.module.css';

/** Works out the fingerprint of a file in the browser: the file leaves nobody's machine. */
export function FingerprintCheck({ expected }: { expected: string }) {
  const [found, setFound] = useState<string>();
  const [unable, setUnable] = useState(false);
  return (
    <div className={styles.check}>
      <p className={styles.soft}>选择手中的文件核对指纹，文件只在本机计算，不会上传。</p>
      <Upload
        accept="application/pdf"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(file) => {
          void sha256(file).then((hash) => {
            setFound(hash);
            setUnable(hash === undefined);
          });
          return false;
        }}
      >
        <Button>选择文件核对</Button>
      </Upload>
      {unable ? (
        <Alert
          type="warning"
          showIcon
          title="当前连接未加密，浏览器不能计算指纹；请改用加密地址，或用系统自带的校验工具计算后对照。"
        />
      ) : null}
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
