import { useMutation } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { requestJSON } from '@/api/request';
import { ApiFormView, useApiForm } from '@/shared/ui/api-form';
import { render, screen } from '@/testing/render';
import { answerAny, refuse, server, type Seen } from '@/testing/server';

interface Values {
  name: string;
}

function Page() {
  const form = useApiForm<Values>();
  const create = useMutation({
    mutationFn: (values: Values) => requestJSON('POST', '/things', { body: values }),
  });
  return (
    <ApiFormView<Values>
      api={form}
      submitting={create.isPending}
      onFinish={(values) => create.mutate(values, { onError: form.refuse })}
    >
      <Form.Item name="name" label="名称">
        <Input />
      </Form.Item>
    </ApiFormView>
  );
}

async function submit() {
  render(<Page />);
  await userEvent.type(screen.getByLabelText(/名称/), '甲');
  await userEvent.click(screen.getByRole('button', { name: '提交' }));
}

describe('a form', () => {
  it('shows each fault at its field, and what belongs to none above', async () => {
    server.use(
      refuse('post', '/things', 422, {
        code: 'input_invalid',
        detail: '填写内容有误',
        errors: [
          { field: 'name', code: 'name_taken', message: '名称已被使用' },
          { field: 'policy', code: 'policy_missing', message: '当前没有生效的政策' },
        ],
      }),
    );
    await submit();
    expect(await screen.findByText('名称已被使用')).toBeInTheDocument();
    expect(screen.getByText('当前没有生效的政策')).toBeInTheDocument();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(screen.queryByText('填写内容有误')).not.toBeInTheDocument();
  });

  it('says a refusal without fields as a message', async () => {
    server.use(refuse('post', '/things', 409, { code: 'moved_on', detail: '已被他人办理' }));
    await submit();
    expect(await screen.findByText('已被他人办理')).toBeInTheDocument();
  });

  it('sends a key so that a repeated click does nothing twice', async () => {
    const seen: Seen[] = [];
    server.use(answerAny('post', '/things', {}, seen));
    await submit();
    await screen.findByRole('button', { name: '提交' });
    await expect.poll(() => seen.length).toBe(1);
    expect(seen[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen[0]?.body).toEqual({ name: '甲' });
  });
});
