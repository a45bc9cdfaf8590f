import { DeleteOutlined, DownloadOutlined, FileOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';

import { download } from '@/api/request';
import { formatBytes, formatDateTime } from '@/shared/format/date';
import { EmptyState } from '@/shared/ui/empty-state';

import styles from './file-list.module.css';

export interface ListedFile {
  id: string;
  name: string;
  size: number;
  sha256: string;
  uploader_name?: string;
  uploaded_at?: string;
}

interface Props {
  files: readonly ListedFile[] | null | undefined;
  onRemove?: (id: string) => void;
  /** What to say when there is none; nothing at all when left out. */
  empty?: string;
}

/** Documents with their size, fingerprint and a way to get them. */
export function FileList({ files, onRemove, empty }: Props) {
  const fetchFile = useMutation({
    mutationFn: (id: string) => download(`/documents/${id}/content`),
  });
  if (!files || files.length === 0) return empty ? <EmptyState compact title={empty} /> : null;
  return (
    <ul className={styles.list}>
      {files.map((file) => (
        <li key={file.id}>
          <FileOutlined aria-hidden className={styles.picture} />
          <div className={styles.words}>
            <span className={styles.name}>{file.name}</span>
            <span className={`num ${styles.facts}`}>
              {formatBytes(file.size)}
              {file.uploader_name ? <span>{file.uploader_name}</span> : null}
              {file.uploaded_at ? <span>{formatDateTime(file.uploaded_at)}</span> : null}
              <Tooltip title={`文件指纹（SHA-256）：${file.sha256}`}>
                <span className={styles.hash}>指纹 {file.sha256.slice(0, 10)}…</span>
              </Tooltip>
            </span>
          </div>
          <Button
            type="text"
            icon={<DownloadOutlined />}
            aria-label={`下载 ${file.name}`}
            loading={fetchFile.isPending && fetchFile.variables === file.id}
            onClick={() => fetchFile.mutate(file.id)}
          />
          {onRemove ? (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={`移除 ${file.name}`}
              onClick={() => onRemove(file.id)}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
