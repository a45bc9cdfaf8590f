import { App, Form } from 'antd';

import { api } from '@/api/client';
import type { StoredDocument } from '@/api/upload';
import { useApiForm } from '@/shared/ui/api-form';
import { FileUpload } from '@/shared/ui/file-upload';
import { FormModal } from '@/shared/ui/form-modal';
import { Money } from '@/shared/ui/money';

import type { Loan } from './status';

interface Values {
  documents?: StoredDocument[];
}

interface Props {
  loan: Loan;
  open: boolean;
  onClose: () => void;
}

/** One party's signature under the contract. */
export function SignModal({ loan, open, onClose }: Props) {
  const { message } = App.useApp();
  const form = useApiForm<Values>();
  const sign = api.useMutation('post', '/loans/{id}/sign');
  return (
    <FormModal<Values>
      open={open}
      onClose={onClose}
      title="签署借款合同"
      api={form}
      submitting={sign.isPending}
      submitText="签署"
      onFinish={(values) =>
        sign.mutate(
          {
            params: { path: { id: loan.id }, header: { 'If-Match': String(loan.version) } },
            body: { document_ids: (values.documents ?? []).map((file) => file.id) },
          },
          {
            onSuccess: () => {
              void message.success('已签署');
              onClose();
            },
            onError: form.refuse,
          },
        )
      }
    >
      <p>
        合同编号 {loan.contract_no}，合同金额 <Money value={loan.principal} variant="exact" />
        。借款人与银行双方都签署后合同成立。
      </p>
      <Form.Item
        name="documents"
        label="借款合同扫描件"
        extra="未接入电子签章的，请上传双方盖章的纸质合同扫描件。"
      >
        <FileUpload maxCount={5} />
      </Form.Item>
    </FormModal>
  );
}
