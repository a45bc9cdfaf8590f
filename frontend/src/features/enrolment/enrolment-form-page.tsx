import { useNavigate, useParams, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import type { Input as Body } from '@/api/types';
import { PageHeader } from '@/shared/ui/page-header';
import { QueryView } from '@/shared/ui/query-view';

import { EnrolmentForm } from './enrolment-form';

/** Files a disbursed loan with the fund. */
export function EnrolmentNewPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const create = api.useMutation('post', '/enrolments', {
    onSuccess: (enrolment) => navigate(`/console/enrolments/${enrolment.id}`),
  });
  return (
    <>
      <PageHeader
        title="办理备案入库"
        description="选择已放款的贷款，填写分担方与声明。保存后提交本行复核，复核签署时系统逐项核对入库条件。"
        back={{ to: '/console/enrolments', label: '贷款备案' }}
      />
      <EnrolmentForm
        initial={{ loan_id: search.get('loan') ?? undefined }}
        submitting={create.isPending}
        onFinish={(body, refuse) => create.mutate({ body }, { onError: refuse })}
      />
    </>
  );
}

/** Mends a draft. */
export function EnrolmentEditPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const query = api.useQuery('get', '/enrolments/{id}', { params: { path: { id } } });
  const edit = api.useMutation('put', '/enrolments/{id}', {
    onSuccess: () => navigate(`/console/enrolments/${id}`),
  });
  return (
    <QueryView query={query}>
      {(enrolment) => (
        <>
          <PageHeader
            title={`修改备案 ${enrolment.number}`}
            back={{ to: `/console/enrolments/${id}`, label: enrolment.borrower_name }}
          />
          <EnrolmentForm
            fixedLoan={`${enrolment.loan_number} ${enrolment.borrower_name}`}
            initial={{
              loan_id: enrolment.loan_id,
              fund_id: enrolment.fund_id,
              guarantor_id: enrolment.guarantor_id,
              insurer_id: enrolment.insurer_id,
              appraiser_id: enrolment.appraiser_id,
              clean_credit: enrolment.clean_credit,
              note: enrolment.note,
            }}
            submitting={edit.isPending}
            onFinish={(body, refuse) =>
              edit.mutate(
                {
                  params: { path: { id }, header: { 'If-Match': String(enrolment.version) } },
                  body: filing(body),
                },
                { onError: refuse },
              )
            }
          />
        </>
      )}
    </QueryView>
  );
}

/** The loan of an enrolment stays; everything else may change. */
function filing(body: Body<'/enrolments', 'post'>): Body<'/enrolments/{id}', 'put'> {
  const { fund_id, guarantor_id, insurer_id, appraiser_id, clean_credit, note, documents } = body;
  return {
    fund_id,
    clean_credit,
    ...(guarantor_id ? { guarantor_id } : {}),
    ...(insurer_id ? { insurer_id } : {}),
    ...(appraiser_id ? { appraiser_id } : {}),
    ...(note ? { note } : {}),
    ...(documents ? { documents } : {}),
  };
}
