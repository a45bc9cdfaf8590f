import { Input, Modal } from 'antd';
import { useId, useState } from 'react';

interface Props {
  title: string;
  label: string;
  required?: boolean;
  hint?: string;
  okText: string;
  danger?: boolean;
  busy?: boolean;
  onSubmit: (reason: string) => unknown;
  onCancel: () => void;
}

/** Asks for the reason of a step that others will read. */
export function ReasonModal(props: Props) {
  const { title, label, required = false, hint, okText, danger = false, busy = false } = props;
  const [reason, setReason] = useState('');
  const id = useId();
  return (
    <Modal
      open
      title={title}
      okText={okText}
      confirmLoading={busy}
      okButtonProps={{ danger, disabled: required && reason.trim() === '' }}
      onOk={() => void props.onSubmit(reason.trim())}
      onCancel={props.onCancel}
    >
      <label htmlFor={id}>
        {label}
        {required ? '' : '（选填）'}
      </label>
      <Input.TextArea
        id={id}
        value={reason}
        rows={4}
        maxLength={500}
        showCount
        placeholder={hint}
        onChange={(event) => setReason(event.target.value)}
        style={{ marginTop: 6, marginBottom: 16 }}
      />
    </Modal>
  );
}
