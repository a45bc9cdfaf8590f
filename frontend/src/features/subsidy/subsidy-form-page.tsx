import { useNavigate, useParams, useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { PageHeader } from '@/shared/ui/page-header';
import { QueryView } from '@/shared/ui/query-view';

import { SubsidyForm, type Values } from './subsidy-form';

/** Applies for a subsidy on a loan. */
export function SubsidyNewPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const create = api.useMutation('post', '/subsidies', {
    onSuccess: (subsidy) => navigate(`/console/subsidies/${subsidy.id}`),
  });
  const call = search.get('call');
  return (
    <>
      <PageHeader
        title="申请补助"
        description="保存后由本单位签署人签署，再由知识产权局审核。金额由系统按政策测算。"
        back={{ to: '/console/subsidies', label: '补助申请' }}
      />
      <SubsidyForm
        initial={call ? { call_id: call, kind: 'interest' } : {}}
        submitting={create.isPending}
        onFinish={(body, refuse) => create.mutate({ body }, { onError: refuse })}
      />
    </>
  );
}

/** Mends a draft or what was sent back. */
export function SubsidyEditPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const query = api.useQuery('get', '/subsidies/{id}', { params: { path: { id } } });
  const edit = api.useMutation('put', '/subsidies/{id}', {
    onSuccess: () => navigate(`/console/subsidies/${id}`),
  });
  return (
    <QueryView query={query}>
      {(subsidy) => {
        const initial: Values = {
          call_id: subsidy.call_id,
          loan_id: subsidy.loan_id,
          kind: subsidy.kind,
          invoice_no: subsidy.invoice_no,
          payee_bank: subsidy.payee_bank,
          payee_account: subsidy.payee_account,
          note: subsidy.note,
          ...(subsidy.fee_paid ? { fee_paid: subsidy.fee_paid } : {}),
          ...(subsidy.fee_paid_on ? { fee_paid_on: subsidy.fee_paid_on } : {}),
          ...(subsidy.other_subsidy === '0.00' ? {} : { other_subsidy: subsidy.other_subsidy }),
        };
        return (
          <>
            <PageHeader
              title={`修改补助申请 ${subsidy.number}`}
              description="已上传的材料仍然保留，这里只需补充新的材料。"
              back={{ to: `/console/subsidies/${id}`, label: subsidy.number }}
            />
            <SubsidyForm
              own
              initial={initial}
              submitting={edit.isPending}
              onFinish={(body, refuse) =>
                edit.mutate(
                  {
                    params: { path: { id }, header: { 'If-Match': String(subsidy.version) } },
                    body,
                  },
                  { onError: refuse },
                )
              }
            />
          </>
        );
      }}
    </QueryView>
  );
}
