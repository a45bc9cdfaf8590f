import { InboxOutlined } from '@ant-design/icons';
import { App, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';

import { toProblem } from '@/api/problem';
import { uploadDocument, type StoredDocument } from '@/api/upload';
import { formatBytes } from '@/shared/format/date';
import { FileList } from '@/shared/ui/file-list';

import styles from './file-upload.module.css';

interface Props {
  id?: string;
  /** The documents so far; works as a field of a form. */
  value?: StoredDocument[] | undefined;
  onChange?: (documents: StoredDocument[]) => void;
  /** Endings that are taken. */
  accept?: readonly string[];
  /** In bytes. */
  maxSize?: number;
  maxCount?: number;
  disabled?: boolean;
}

const ACCEPT = ['.pdf', '.jpg', '.jpeg', '.png', '.docx', '.xlsx', '.ofd'];
const MAX_SIZE = 20 * 1024 * 1024;

/** Takes files, checks type and size before sending, and shows the fingerprint that was kept. */
export function FileUpload(props: Props) {
  const { id, value = [], onChange, accept = ACCEPT, maxSize = MAX_SIZE } = props;
  const { maxCount = 10, disabled = false } = props;
  const { message } = App.useApp();
  const [progress, setProgress] = useState<Record<string, number>>({});

  // Several files may be under way at once: each adds to what is there when it arrives.
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);

  const refusal = (file: File): string | undefined => {
    if (!accept.some((ending) => file.name.toLowerCase().endsWith(ending))) {
      return `“${file.name}”的格式不在可上传范围内（${accept.join('、')}）`;
    }
    if (file.size > maxSize) {
      return `“${file.name}”大小 ${formatBytes(file.size)}，超过 ${formatBytes(maxSize)}`;
    }
    return undefined;
  };
  const send = async (file: File) => {
    const reason = refusal(file);
    if (reason) {
      void message.error(reason);
      return;
    }
    try {
      const stored = await uploadDocument(file, (percent) =>
        setProgress((all) => ({ ...all, [file.name]: percent })),
      );
      latest.current = [...latest.current, stored].slice(0, maxCount);
      onChange?.(latest.current);
    } catch (error) {
      void message.error(`“${file.name}”上传失败：${toProblem(error).detail}`);
    } finally {
      setProgress((all) =>
        Object.fromEntries(Object.entries(all).filter(([name]) => name !== file.name)),
      );
    }
  };

  return (
    <div>
      {value.length < maxCount ? (
        <Upload.Dragger
          {...(id ? { id } : {})}
          className={styles.drop ?? ''}
          accept={accept.join(',')}
          multiple={maxCount > 1}
          showUploadList={false}
          disabled={disabled}
          beforeUpload={(file) => {
            void send(file);
            return Upload.LIST_IGNORE;
          }}
        >
          <InboxOutlined aria-hidden className={styles.picture} />
          <span className={styles.words}>
            <strong>点击或拖拽文件到此处</strong>
            <span>
              {accept.map((ending) => ending.slice(1)).join('、')}，单个不超过{' '}
              {formatBytes(maxSize)}
            </span>
          </span>
        </Upload.Dragger>
      ) : null}
      {Object.entries(progress).map(([name, percent]) => (
        <div key={name} className={styles.progress}>
          <span>{name}</span>
          <progress max={100} value={percent} aria-label={`正在上传 ${name}`} />
        </div>
      ))}
      <FileList
        files={value}
        {...(disabled || !onChange
          ? {}
          : { onRemove: (gone) => onChange(value.filter((file) => file.id !== gone)) })}
      />
    </div>
  );
}
