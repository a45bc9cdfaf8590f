import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Typography } from 'antd';
import { useNavigate } from 'react-router';

import { api } from '@/api/client';
import { sessionQuery, useSession } from '@/shared/session';
import { ApiFormView, useApiForm } from '@/shared/ui/api-form';
import { EmptyState } from '@/shared/ui/empty-state';
import { PageHeader } from '@/shared/ui/page-header';
import { Panel } from '@/shared/ui/panel';

import styles from './totp-page.module.css';

interface Values {
  code: string;
}

/** Ties an authenticator app to the account: scan, then prove it works. */
export function TotpPage() {
  const session = useSession();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useApiForm<Values>();
  const enrol = api.useMutation('post', '/session/totp/enrol');
  const confirm = api.useMutation('post', '/session/totp/confirm', {
    onSuccess: async () => {
      void message.success('动态口令已启用');
      await queries.refetchQueries(sessionQuery);
      void navigate('/console/account');
    },
  });
  const owed = session?.totp_required === true && !session.totp_enrolled;
  const secret = enrol.data;

  return (
    <div style={{ maxWidth: 640 }}>
      <PageHeader
        title="动态口令"
        {...(owed ? {} : { back: { to: '/console/account', label: '我的账号' } })}
      />
      {owed ? (
        <Alert
          style={{ marginBottom: 16 }}
          type="warning"
          showIcon
          title="您的岗位须先绑定动态口令，才能办理业务。"
        />
      ) : null}
      <Panel>
        {session?.totp_enrolled ? (
          <EmptyState
            compact
            icon="shield"
            title="已绑定动态口令"
            description="更换手机时，请联系系统管理员解除后重新绑定。"
          />
        ) : secret ? (
          <div className={styles.steps}>
            <img
              className={styles.code}
              src={`data:image/png;base64,${secret.qr_png_base64}`}
              alt="动态口令二维码"
              width={180}
              height={180}
            />
            <div>
              <p>用手机上的验证器（身份验证应用）扫描二维码；不能扫描时，手工输入密钥：</p>
              <Typography.Text copyable className="num">
                {secret.secret}
              </Typography.Text>
              <div className={styles.form}>
                <ApiFormView<Values>
                  api={form}
                  submitText="确认启用"
                  submitting={confirm.isPending}
                  onFinish={({ code }) =>
                    confirm.mutate({ body: { code } }, { onError: form.refuse })
                  }
                >
                  <Form.Item
                    name="code"
                    label="验证器显示的 6 位数字"
                    rules={[
                      { required: true, message: '请输入 6 位数字' },
                      { pattern: /^\d{6}$/, message: '应为 6 位数字' },
                    ]}
                  >
                    <Input
                      className="num"
                      inputMode="numeric"
                      autoComplete="one-time-code"
                      maxLength={6}
                    />
                  </Form.Item>
                </ApiFormView>
              </div>
            </div>
          </div>
        ) : (
          <>
            <p>
              启用后，登录时除口令外还需输入手机验证器上每 30
              秒变化一次的数字；口令泄露时账号仍是安全的。
            </p>
            <Button
              style={{ marginTop: 16 }}
              type="primary"
              loading={enrol.isPending}
              onClick={() => enrol.mutate({})}
            >
              开始绑定
            </Button>
          </>
        )}
      </Panel>
    </div>
  );
}
