import { describe, expect, it } from 'vitest';

import { PayloadView } from '@/shared/ui/payload-view';
import { render, screen } from '@/testing/render';

describe('PayloadView', () => {
  it('names what it knows and writes amounts, rates and dates out', () => {
    render(
      <PayloadView
        value={{
          amount: '1500000.00',
          rate: '4.35',
          due_on: '2026-12-01',
          sme_only: true,
          method: 'equal_instalment',
          bank_id: '01a20d7a-4479-730f-930b-ce426943f220',
        }}
      />,
    );
    expect(screen.getByText('金额').nextSibling).toHaveTextContent('1,500,000.00 元');
    expect(screen.getByText('年利率').nextSibling).toHaveTextContent('4.35%');
    expect(screen.getByText('期限').nextSibling).toHaveTextContent('2026-12-01');
    expect(screen.getByText('还款方式').nextSibling).toHaveTextContent('等额本息');
    expect(document.body.textContent).not.toMatch(/01a20d7a|bank_id|equal_instalment/);
  });

  it('keeps what has no name, without showing its code', () => {
    render(<PayloadView value={{ some_new_key: '新增的内容', nested: { name: '星垣' } }} />);
    expect(screen.getByText('其他内容').nextSibling).toHaveTextContent('新增的内容');
    expect(screen.getByText('名称').nextSibling).toHaveTextContent('星垣');
    expect(document.body.textContent).not.toContain('some_new_key');
  });

  it('says when there is nothing', () => {
    render(<PayloadView value={{}} />);
    expect(screen.getByText('没有附加内容')).toBeInTheDocument();
  });
});
