import { DownloadOutlined, InboxOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Modal, Table, Upload } from 'antd';
import { useState, type ReactNode } from 'react';

import { download, requestJSON } from '@/api/request';
import { formatCount } from '@/shared/format/rate';

import styles from './excel-import.module.css';

/** A fault in one cell of the sheet. */
export interface RowFault {
  /** As Excel counts: the heading is row 1. */
  row: number;
  /** The heading of the column, or "" when the row as a whole is wrong. */
  column?: string;
  field?: string;
  code?: string;
  message: string;
}

/** What the server found in a sheet without writing anything. */
export interface ImportCheck {
  total: number;
  errors: RowFault[] | null;
}

interface Props {
  open: boolean;
  onClose: () => void;
  /** What is imported: "专利". */
  noun: string;
  /** POST {path}?dry_run=true checks the file (field "file"), POST {path} writes it. */
  path: string;
  /** GET: the empty sheet with the headings. */
  templatePath?: string;
  /** What else must be known: which columns, which formats. */
  hint?: ReactNode;
}

const formats = ['.xlsx'];

/** A spreadsheet in three steps: choose, see every fault row by row, then all or nothing. */
export function ExcelImport({ open, onClose, noun, path, templatePath, hint }: Props) {
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const check = useMutation({
    mutationFn: (sheet: File) =>
      requestJSON<ImportCheck>('POST', path, { form: formOf(sheet), query: { dry_run: true } }),
  });
  const commit = useMutation({
    mutationFn: (sheet: File) => requestJSON<ImportCheck>('POST', path, { form: formOf(sheet) }),
    onSuccess: (result) => {
      void message.success(`已导入 ${formatCount(result.total)} 条${noun}`);
      close();
    },
  });
  const template = useMutation({ mutationFn: (from: string) => download(from) });

  const close = () => {
    setFile(undefined);
    check.reset();
    onClose();
  };
  const errors = check.data?.errors ?? [];
  const ready = check.data !== undefined && errors.length === 0 && check.data.total > 0;

  return (
    <Modal
      open={open}
      width={760}
      title={`批量导入${noun}`}
      onCancel={close}
      okText={ready ? `确认导入 ${formatCount(check.data?.total ?? 0)} 条` : '确认导入'}
      okButtonProps={{ disabled: !ready || !file }}
      confirmLoading={commit.isPending}
      onOk={() => file && commit.mutate(file)}
    >
      <div className={styles.body}>
        {templatePath ? (
          <Button
            icon={<DownloadOutlined />}
            loading={template.isPending}
            onClick={() => template.mutate(templatePath)}
          >
            下载导入模板
          </Button>
        ) : null}
        {hint ? <p className={styles.hint}>{hint}</p> : null}
        <Upload.Dragger
          accept={formats.join(',')}
          showUploadList={false}
          multiple={false}
          beforeUpload={(chosen) => {
            if (!formats.some((ending) => chosen.name.toLowerCase().endsWith(ending))) {
              void message.error('请选择 Excel 文件（.xlsx）');
            } else {
              setFile(chosen);
              check.mutate(chosen);
            }
            return Upload.LIST_IGNORE;
          }}
        >
          <InboxOutlined aria-hidden className={styles.picture} />
          <p>{file ? file.name : '点击或拖拽 Excel 文件到此处'}</p>
          <p className={styles.hint}>
            {check.isPending ? '正在逐行检查……' : '先检查，确认后才写入；有一行不符则全部不写入。'}
          </p>
        </Upload.Dragger>
        {check.data ? <CheckResult check={check.data} noun={noun} /> : null}
      </div>
    </Modal>
  );
}

function CheckResult({ check, noun }: { check: ImportCheck; noun: string }) {
  const errors = check.errors ?? [];
  if (errors.length === 0) {
    return check.total > 0 ? (
      <Alert type="success" showIcon title={`${formatCount(check.total)} 条${noun}全部通过检查`} />
    ) : (
      <Alert type="warning" showIcon title="表中没有数据，请在标题行之下填写" />
    );
  }
  return (
    <>
      <Alert
        type="error"
        showIcon
        title={`共 ${formatCount(check.total)} 条，发现 ${formatCount(errors.length)} 处问题，尚未写入任何数据`}
        description="请在表格中更正后重新选择文件。"
      />
      <Table
        size="small"
        rowKey={(fault) => `${fault.row}:${fault.column ?? ''}:${fault.message}`}
        dataSource={errors}
        pagination={errors.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        scroll={{ x: 'max-content', y: 260 }}
        columns={[
          {
            title: '行',
            width: 72,
            render: (_, fault) => <span className="num">第 {fault.row} 行</span>,
          },
          { title: '列', width: 140, render: (_, fault) => fault.column || '整行' },
          { title: '问题', render: (_, fault) => fault.message },
        ]}
      />
    </>
  );
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.set('file', file);
  return form;
}
