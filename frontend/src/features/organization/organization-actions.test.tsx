import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import type { Answer } from '@/api/types';
import { render, screen, waitFor } from '@/testing/render';
import { answer, server, type Seen } from '@/testing/server';

import { OrganizationActions } from './organization-actions';

type Detail = Answer<'/organizations/{id}', 'get'>;

const organization = (actions: string[]): Detail => ({
  id: '7',
  number: 'JG2026000001',
  kind: 'enterprise',
  name: '邵阳市新厂有限公司',
  uscc: '91430500MA4L972637',
  uscc_overridden: false,
  area_code: '430502',
  area_name: '双清区',
  address: '',
  legal_representative: '张*',
  contact_name: '李*',
  contact_mobile: '138****1234',
  masked: true,
  scale: 'small',
  high_tech: false,
  specialised: false,
  industry: '',
  filing_no: '',
  cnaps: '',
  status: 'submitted',
  status_reason: '',
  created_at: '2026-03-01T01:00:00Z',
  version: 3,
  available_actions: actions,
  timeline: [],
  documents: [],
});

describe('OrganizationActions', () => {
  it('offers exactly what the server allows', () => {
    render(<OrganizationActions organization={organization(['return'])} onUnmasked={vi.fn()} />);
    expect(screen.getByRole('button', { name: '提出退回' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '提出准入' })).not.toBeInTheDocument();
  });

  it('asks for a reason and sends the version it was looking at', async () => {
    const seen: Seen[] = [];
    server.use(
      answer(
        'post',
        '/organizations/{id}/unmask',
        {
          legal_representative: '张大伟',
          contact_name: '李明',
          contact_mobile: '13812341234',
          address: '',
        },
        seen,
      ),
    );
    const shown = vi.fn();
    render(<OrganizationActions organization={organization(['unmask'])} onUnmasked={shown} />);
    await userEvent.click(screen.getByRole('button', { name: '查看完整联系方式' }));
    await userEvent.type(await screen.findByRole('textbox'), '核实联系方式');
    const buttons = screen.getAllByRole('button', { name: '查看完整联系方式' });
    await userEvent.click(buttons[buttons.length - 1] as HTMLElement);
    await waitFor(() => expect(shown).toHaveBeenCalled());
    expect(seen[0]?.body).toEqual({ reason: '核实联系方式' });
    expect(seen[0]?.headers.get('If-Match')).toBe('3');
  });
});
