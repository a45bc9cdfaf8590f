import type { Answer } from '@/api/types';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { Rate } from '@/shared/ui/rate';
import { SimpleTable } from '@/shared/ui/simple-table';

type Term = Answer<'/subsidy-calls/{id}', 'get'>['terms'][number];

const columns: ListColumn<Term>[] = [
  { key: 'kind', title: '补助种类', render: (row) => row.text },
  {
    key: 'share',
    title: '比例',
    align: 'right',
    render: (row) => <Rate value={row.share} variant="share" />,
  },
  {
    key: 'cap',
    title: '单户每年上限',
    align: 'right',
    render: (row) => <Money value={row.cap} />,
  },
  {
    key: 'months',
    title: '单笔期限',
    align: 'right',
    render: (row) => (row.months ? `${row.months} 个月` : '—'),
  },
  { key: 'rule', title: '规则', render: (row) => row.rule },
];

/** What the policy says about each kind of subsidy. */
export function TermsTable({ terms }: { terms: readonly Term[] }) {
  return (
    <SimpleTable<Term> label="补助标准" rows={terms} columns={columns} rowKey={(row) => row.kind} />
  );
}
