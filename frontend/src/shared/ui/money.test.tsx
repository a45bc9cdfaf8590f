import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';

import { Money } from '@/shared/ui/money';
import { MoneyInput } from '@/shared/ui/money-input';
import { render, screen } from '@/testing/render';

describe('Money', () => {
  it('is read in the unit that fits, with the exact figure at hand', async () => {
    render(<Money value="1500000.00" />);
    expect(screen.getByText('150.00')).toBeVisible();
    await userEvent.hover(screen.getByText('150.00'));
    expect(await screen.findByText(/1,500,000\.00 元/)).toBeInTheDocument();
    expect(screen.getByText(/壹佰伍拾万元整/)).toBeInTheDocument();
  });

  it('never shows a missing amount as zero', () => {
    render(<Money value={null} />);
    expect(screen.getByText('暂无数据')).toBeVisible();
  });
});

describe('MoneyInput', () => {
  function Field({ onChange }: { onChange: (value: string | undefined) => void }) {
    const [value, setValue] = useState<string | undefined>();
    return (
      <MoneyInput
        aria-label="金额"
        value={value}
        onChange={(next) => {
          setValue(next);
          onChange(next);
        }}
      />
    );
  }

  it('hands on two decimals and reads the amount back', async () => {
    const change = vi.fn();
    render(<Field onChange={change} />);
    await userEvent.type(screen.getByLabelText('金额'), '1500000');
    expect(screen.getByText('150 万元')).toBeVisible();
    await userEvent.tab();
    expect(change).toHaveBeenLastCalledWith('1500000.00');
    expect(screen.getByLabelText('金额')).toHaveValue('1,500,000.00');
  });

  it('refuses a third decimal and says why', async () => {
    const change = vi.fn();
    render(<Field onChange={change} />);
    await userEvent.type(screen.getByLabelText('金额'), '1.234');
    expect(screen.getByLabelText('金额')).toHaveValue('1.23');
    expect(screen.getByText('金额最多到分（两位小数）')).toBeVisible();
    expect(change).toHaveBeenLastCalledWith('1.23');
  });

  it('takes an amount pasted with separators', async () => {
    const change = vi.fn();
    render(<Field onChange={change} />);
    await userEvent.click(screen.getByLabelText('金额'));
    await userEvent.paste('1，500,000.5');
    expect(change).toHaveBeenLastCalledWith('1500000.5');
  });
});
