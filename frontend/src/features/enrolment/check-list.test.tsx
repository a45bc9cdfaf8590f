import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CheckList } from './check-list';

const passed = {
  code: 'term',
  rule: '贷款期限',
  needed: '36 个月',
  actual: '12 个月',
  passed: true,
};
const failed = {
  code: 'leverage',
  rule: '放大倍数上限（含本笔）',
  needed: '不超过 10 倍',
  actual: '10.5 倍',
  passed: false,
};

describe('CheckList', () => {
  it('puts what fails first, with what was asked and what is so', () => {
    render(<CheckList checks={[passed, failed]} final />);
    const items = screen.getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('放大倍数上限（含本笔）要求不超过 10 倍实际10.5 倍');
    expect(screen.getByText(/2 项条件中有 1 项不符合/)).toBeInTheDocument();
    expect(screen.getByLabelText('不符合')).toBeInTheDocument();
  });

  it('says that a trial is no decision', () => {
    render(<CheckList checks={[passed]} final={false} />);
    expect(screen.getByText(/以复核人签署时的结果为准/)).toBeInTheDocument();
  });
});
