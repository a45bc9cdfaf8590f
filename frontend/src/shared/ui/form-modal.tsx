import { Modal } from 'antd';
import type { ReactNode } from 'react';

import { ApiFormView, type ApiForm } from '@/shared/ui/api-form';

interface Props<Values extends object> {
  open: boolean;
  onClose: () => void;
  title: string;
  api: ApiForm<Values>;
  onFinish: (values: Values) => void;
  initialValues?: Partial<Values>;
  submitting?: boolean;
  submitText?: string;
  danger?: boolean;
  columns?: 1 | 2;
  children: ReactNode;
}

/** A short form over the page, for a step that needs a few facts. */
export function FormModal<Values extends object>(props: Props<Values>) {
  const { open, onClose, title, api, onFinish, initialValues, submitting = false } = props;
  const { submitText = '提交', danger = false, columns = 1, children } = props;
  return (
    <Modal
      open={open}
      title={title}
      width={columns === 2 ? 760 : 560}
      okText={submitText}
      okButtonProps={{ danger }}
      confirmLoading={submitting}
      onOk={() => api.form.submit()}
      onCancel={onClose}
      afterClose={() => {
        api.form.resetFields();
        api.reset();
      }}
    >
      <ApiFormView<Values>
        api={api}
        onFinish={onFinish}
        submitting={submitting}
        columns={columns}
        footer={null}
        {...(initialValues ? { initialValues } : {})}
      >
        {children}
      </ApiFormView>
    </Modal>
  );
}
