import { describe, expect, it } from 'vitest';

import { Deadline } from '@/shared/ui/deadline';
import { fromAudit } from '@/shared/ui/timeline';
import { render, screen } from '@/testing/render';

describe('Deadline', () => {
  it.each([
    [5, '剩 5 个工作日'],
    [0, '今日到期'],
    [-3, '已超期 3 个工作日'],
  ])('says what %i working days mean', (remaining, words) => {
    render(<Deadline on="2026-03-01" remaining={remaining} />);
    expect(screen.getByText(words)).toBeVisible();
  });

  it('marks a day past the published calendar', () => {
    render(<Deadline on="2027-03-01" remaining={90} provisional />);
    expect(screen.getByText('暂定')).toBeVisible();
  });

  it('raises no alarm once it is dealt with', () => {
    render(<Deadline on="2026-03-01" remaining={-3} done />);
    expect(screen.queryByText(/超期/)).not.toBeInTheDocument();
  });
});

describe('the audit trail as a timeline', () => {
  it('shows the reason as a note, and nothing else of the detail', () => {
    const line = {
      id: '1',
      at: '2026-03-01T01:00:00Z',
      user_name: '黄蕾',
      org_name: '局',
      text: '退回',
    };
    expect(fromAudit([{ ...line, detail: { reason: '缺凭证', secret: 'x' } }])[0]).toEqual({
      id: '1',
      at: '2026-03-01T01:00:00Z',
      what: '退回',
      who: '黄蕾',
      organization: '局',
      note: '缺凭证',
    });
    expect(fromAudit(null)).toEqual([]);
  });
});
