import { Tag } from 'antd';

import { api } from '@/api/client';
import { formatDateTime } from '@/shared/format/date';
import type { ListColumn } from '@/shared/ui/list-table';
import { Money } from '@/shared/ui/money';
import { SimpleTable } from '@/shared/ui/simple-table';

import styles from './claim.module.css';
import { VERDICT, type Expert } from './status';

/** The panel: who was drawn and how, who stood back, what each said. */
export function ExpertList({ experts }: { experts: readonly Expert[] }) {
  const options = api.useQuery('get', '/claims/options');
  const criteria = options.data?.criteria ?? [];
  const columns: ListColumn<Expert>[] = [
    { key: 'name', title: '专家', render: (expert) => expert.name },
    {
      key: 'state',
      title: '状态',
      render: (expert) =>
        expert.recused ? (
          <Tag variant="filled">已回避：{expert.recusal_reason}</Tag>
        ) : expert.scored ? (
          <Tag variant="filled" color="success">
            已评分
          </Tag>
        ) : (
          <Tag variant="filled" color="processing">
            待评分
          </Tag>
        ),
    },
    {
      key: 'scores',
      title: '各项评分',
      render: (expert) =>
        expert.scored && Object.keys(expert.scores).length > 0 ? (
          <ul className={styles.scores}>
            {criteria.map((each) => (
              <li key={each.code}>
                <span>{each.text}</span>
                <span className="num">
                  {expert.scores[each.code] ?? '—'} / {each.most}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          '—'
        ),
    },
    { key: 'total', title: '总分', align: 'right', render: (expert) => expert.total ?? '—' },
    {
      key: 'verdict',
      title: '结论',
      render: (expert) => (expert.verdict ? VERDICT[expert.verdict] : '—'),
    },
    {
      key: 'amount',
      title: '建议金额',
      align: 'right',
      render: (expert) => (expert.amount ? <Money value={expert.amount} variant="exact" /> : '—'),
    },
    {
      key: 'opinion',
      title: '意见',
      render: (expert) => <span className={styles.said}>{expert.opinion || '—'}</span>,
    },
  ];
  const draws = [...new Map(experts.map((expert) => [expert.draw_seed, expert])).values()];
  return (
    <>
      <SimpleTable<Expert>
        label="评审专家"
        rows={experts}
        columns={columns}
        rowKey={(expert) => expert.user_id}
      />
      {draws.map((draw) => (
        <p key={draw.draw_seed} className={styles.seed}>
          {formatDateTime(draw.drawn_at)} 从 {draw.draw_pool.length} 名候选专家中抽取，抽签种子{' '}
          <code>{draw.draw_seed}</code>。对每名候选人计算“种子+换行+用户编号”的 SHA-256
          并按结果排序取前几名，任何人可据此复核。
        </p>
      ))}
    </>
  );
}
