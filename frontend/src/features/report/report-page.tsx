import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';

import { api } from '@/api/client';
import { download } from '@/api/request';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { keepPrevious } from '@/shared/ui/use-list';

import { FormPreview } from './form-preview';
import { FORMS, formOf, type ReportQuery } from './forms';
import { ReportFields } from './report-fields';
import styles from './report.module.css';

/** The supervisory forms: choose one, say for when and where, look at it, download it. */
export function ReportPage() {
  const [search, setSearch] = useSearchParams();
  const form = formOf(search.get('form'));
  const asks = (field: (typeof form.fields)[number]) => form.fields.includes(field);
  const year = search.get('year') ?? (asks('all-years') ? '' : String(new Date().getFullYear()));
  const value = (name: string, asked: boolean) => (asked && search.get(name)) || undefined;
  const month = value('month', asks('month') && year !== '');
  const area = value('area_code', asks('area'));
  const bank = value('bank_id', asks('bank'));
  const fund = value('fund_id', asks('fund'));
  const params: ReportQuery = {
    form: form.code,
    ...(year && (asks('year') || asks('all-years')) ? { year: Number(year) } : {}),
    ...(month ? { month: Number(month) } : {}),
    ...(area ? { area_code: area } : {}),
    ...(bank ? { bank_id: bank } : {}),
    ...(fund ? { fund_id: fund } : {}),
  };
  const query = api.useQuery(
    'get',
    '/reports/preview',
    { params: { query: params } },
    keepPrevious,
  );
  const save = useMutation({ mutationFn: () => download('/reports/export.xlsx', { ...params }) });
  const set = (values: Record<string, string | undefined>) => {
    const next = new URLSearchParams(search);
    for (const [name, each] of Object.entries(values)) {
      if (each) next.set(name, each);
      else next.delete(name);
    }
    setSearch(next, { replace: true });
  };
  return (
    <>
      <PageHeader
        title="监管报表"
        description="金额以万元列示（四舍五入到两位小数），系统内保留到分；先合计、后换算。"
        extra={
          <Button
            type="primary"
            icon={<DownloadOutlined />}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            导出表格文件
          </Button>
        }
      />
      <div className={styles.page}>
        <nav className={styles.forms} aria-label="报表">
          {FORMS.map((each) => (
            <button
              key={each.code}
              type="button"
              className={styles.form}
              aria-pressed={each.code === form.code}
              onClick={() => set({ form: each.code })}
            >
              {each.name}
            </button>
          ))}
        </nav>
        <div className={styles.sheet}>
          <Panel>
            <p className={styles.what}>{form.what}</p>
            <ReportFields fields={form.fields} year={year} search={search} onChange={set} />
            <QueryView query={query}>{(preview) => <FormPreview preview={preview} />}</QueryView>
          </Panel>
        </div>
      </div>
    </>
  );
}
