import { useParams } from 'react-router';

import { api } from '@/api/client';
import { formatDateTime } from '@/shared/format/date';
import { FactList } from '@/shared/ui/fact-list';
import { LinkButton } from '@/shared/ui/link-button';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';
import { QueryView } from '@/shared/ui/query-view';
import { StatusTag } from '@/shared/ui/status-tag';

import { FanChart } from './fan-chart';
import { Figures, LendingChart } from './result-view';
import styles from './simulator.module.css';
import { Tornado } from './tornado';
import { GROUPS, inputText, VERDICT } from './words';

/** One run: its answer, its futures, what it hangs on, what it assumed. */
export function SimulationPage() {
  const { id = '' } = useParams();
  const query = api.useQuery('get', '/simulations/{id}', { params: { path: { id } } });
  return (
    <QueryView query={query}>
      {(simulation) => (
        <>
          <PageHeader
            title={simulation.title}
            number={simulation.number}
            status={<StatusTag status={simulation.verdict} map={VERDICT} />}
            description={`${simulation.maker_name} 于 ${formatDateTime(simulation.created_at)} 运行，模拟 ${simulation.paths.toLocaleString('zh-CN')} 次，用时 ${(simulation.result.elapsed_ms / 1000).toFixed(1)} 秒，种子 ${simulation.seed}。结果为估算，不进入账簿。`}
            back={{ to: '/console/simulations', label: '政策模拟' }}
            extra={
              <LinkButton type="primary" to={`/console/simulations/new?from=${id}`}>
                改参数再算
              </LinkButton>
            }
          />
          <div className={styles.stack}>
            <Panel title="结论（估算）">
              <p className={styles.answer}>{simulation.result.answer}</p>
              <Figures result={simulation.result} />
            </Panel>
            <Panel>
              <FanChart fan={simulation.result.fan} />
            </Panel>
            <div className={styles.pair}>
              <Panel>
                <LendingChart years={simulation.result.years} />
              </Panel>
              <Panel>
                <Tornado changes={simulation.result.sensitivity} />
              </Panel>
            </div>
            <Panel title="参数">
              <FactList
                columns={3}
                facts={GROUPS.flatMap((group) => group.fields).map((word) => ({
                  label: word.label,
                  value: <span className="num">{inputText(simulation.inputs, word)}</span>,
                }))}
              />
            </Panel>
            <Panel title="模型的假设">
              <ul className={styles.assumptions}>
                {simulation.result.assumptions.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </Panel>
          </div>
        </>
      )}
    </QueryView>
  );
}
