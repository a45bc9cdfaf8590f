import { LockOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';

import { client } from '@/api/client';
import { toProblem } from '@/api/problem';
import { onFill } from '@/features/session/fill';
import { rememberSignIn, useSetSession } from '@/shared/session';

interface Values {
  username: string;
  password: string;
  totp_code?: string;
}

/** User name and password, then the second factor where the account has one. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const [form] = Form.useForm<Values>();
  const [code, setCode] = useState(false);
  const setSession = useSetSession();
  const signIn = useMutation({
    meta: { quiet: true },
    mutationFn: async (values: Values) => {
      const answer = await client.POST('/session', { body: values });
      // Before the cache hears of the success and asks again who is signed in.
      rememberSignIn();
      return answer;
    },
    onSuccess: ({ data }) => {
      setSession(data ?? null);
      onDone();
    },
    onError: (error) => {
      if (toProblem(error).code.includes('totp')) setCode(true);
    },
  });
  const problem = signIn.error ? toProblem(signIn.error) : undefined;
  // Being asked for the code is the next step, not a fault.
  const asked = problem?.code === 'totp_required';

  useEffect(
    () =>
      onFill((account) => {
        setCode(false);
        form.setFieldsValue({ username: account.username, password: account.password });
        form.submit();
      }),
    [form],
  );

  return (
    <Form<Values>
      form={form}
      layout="vertical"
      size="large"
      requiredMark={false}
      onFinish={(values) => signIn.mutate(values)}
    >
      {problem ? (
        <Alert
          style={{ marginBottom: 16 }}
          type={asked ? 'info' : 'error'}
          showIcon
          role="alert"
          title={problem.detail}
        />
      ) : null}
      <Form.Item
        name="username"
        label="登录名"
        rules={[{ required: true, message: '请输入登录名' }]}
      >
        <Input prefix={<UserOutlined aria-hidden />} autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item name="password" label="口令" rules={[{ required: true, message: '请输入口令' }]}>
        <Input.Password prefix={<LockOutlined aria-hidden />} autoComplete="current-password" />
      </Form.Item>
      {code ? (
        <Form.Item
          name="totp_code"
          label="动态口令"
          rules={[{ required: true, message: '请输入验证器上的 6 位数字' }]}
        >
          <Input
            prefix={<SafetyOutlined aria-hidden />}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            autoFocus
          />
        </Form.Item>
      ) : null}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        登录
      </Button>
    </Form>
  );
}
