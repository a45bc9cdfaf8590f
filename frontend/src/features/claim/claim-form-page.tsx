import { useNavigate, useParams, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { PageHeader } from '@/shared/ui/page-header';
import { QueryView } from '@/shared/ui/query-view';

import { ClaimForm } from './claim-form';

/** A bank claims on a loan under cover. */
export function ClaimNewPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const create = api.useMutation('post', '/claims', {
    onSuccess: (claim) => navigate(`/console/claims/${claim.id}`),
  });
  return (
    <>
      <PageHeader
        title="申请补偿"
        description="选择逾期的在保贷款，右侧按现行政策逐行试算。保存草稿后提交本行复核，复核签署即送交基金管理人。"
        back={{ to: '/console/claims', label: '风险补偿' }}
      />
      <ClaimForm
        initial={{ enrolment_id: search.get('enrolment') ?? undefined }}
        given={[]}
        submitting={create.isPending}
        onFinish={(enrolment_id, filing, refuse) =>
          create.mutate({ body: { enrolment_id, ...filing } }, { onError: refuse })
        }
      />
    </>
  );
}

/** Mends a draft, or what the manager sent back for correction. */
export function ClaimEditPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const query = api.useQuery('get', '/claims/{id}', { params: { path: { id } } });
  const edit = api.useMutation('put', '/claims/{id}', {
    onSuccess: () => navigate(`/console/claims/${id}`),
  });
  return (
    <QueryView query={query}>
      {(claim) => (
        <>
          <PageHeader
            title={`修改补偿申请 ${claim.number}`}
            back={{ to: `/console/claims/${id}`, label: claim.borrower_name }}
          />
          <ClaimForm
            fixed={`${claim.enrolment_number} ${claim.borrower_name}`}
            initial={{
              enrolment_id: claim.enrolment_id,
              asked: claim.asked,
              recovered_before: claim.recovered_before,
              litigation_kind: claim.litigation_kind,
              litigation_no: claim.litigation_no,
              litigation_on: claim.litigation_on,
              report: claim.report,
              recovery_plan: claim.recovery_plan,
            }}
            given={claim.checklist.filter((item) => item.given).map((item) => item.kind)}
            submitting={edit.isPending}
            onFinish={(_, filing, refuse) =>
              edit.mutate(
                {
                  params: { path: { id }, header: { 'If-Match': String(claim.version) } },
                  body: filing,
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
