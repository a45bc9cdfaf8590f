import { Checkbox, Form, Input, Radio, Result } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { api } from '@/api/client';
import type { Answer, Input as BodyOf } from '@/api/types';
import { FormGrid, useApiForm } from '@/shared/ui/api-form';
import { LinkButton } from '@/shared/ui/link-button';
import { PageHeader } from '@/shared/ui/page-header';
import { StepForm } from '@/shared/ui/step-form';

import { checkPassword } from './password-rule';
import { ContactFields, contactNames, IdentityFields, identityNames } from './profile-fields';
import styles from './register-page.module.css';

type Body = BodyOf<'/registrations', 'post'>;
type Values = Body & { repeat?: string };

/** The public application: the firm, whom to call, the first account, consent. */
export function RegisterPage() {
  const form = useApiForm<Values>();
  const [done, setDone] = useState<Answer<'/registrations', 'post'>>();
  const register = api.useMutation('post', '/registrations', { onSuccess: setDone });
  const kind = (Form.useWatch('kind', form.form) as string | undefined) ?? 'enterprise';

  if (done) return <Done answer={done} />;
  return (
    <div className={styles.page}>
      <PageHeader
        title="申请入驻"
        description={
          <>
            企业和地理标志注册人在此申请，市场监管局（知识产权局）审核通过后即可办理业务。银行、评估、担保等机构由主管部门登记，请直接联系。已有账号请
            <Link to="/sign-in" style={{ textDecoration: 'underline' }}>
              登录
            </Link>
            。
          </>
        }
      />
      <StepForm<Values>
        api={form}
        submitText="提交申请"
        initialValues={{ kind: 'enterprise' }}
        onFinish={(values) => {
          const body = { ...values };
          delete body.repeat;
          return register.mutateAsync({ body });
        }}
        steps={[
          {
            key: 'identity',
            title: '单位信息',
            fields: ['kind', ...identityNames],
            content: (
              <>
                <Form.Item name="kind" label="申请人类型" required rules={[{ required: true }]}>
                  <Radio.Group
                    options={[
                      { value: 'enterprise', label: '企业' },
                      { value: 'gi_registrant', label: '地理标志注册人（协会、公共机构）' },
                    ]}
                  />
                </Form.Item>
                <IdentityFields kind={kind} />
              </>
            ),
          },
          { key: 'contact', title: '联系方式', fields: contactNames, content: <ContactFields /> },
          {
            key: 'account',
            title: '登录账号',
            fields: ['account', 'repeat', 'consent'],
            content: <AccountFields />,
          },
        ]}
      />
    </div>
  );
}

function AccountFields() {
  const form = Form.useFormInstance<Values>();
  return (
    <>
      <FormGrid>
        <Form.Item
          name={['account', 'username']}
          label="登录名"
          extra="3 至 32 位小写字母、数字、点、下划线或短横线，以字母开头"
          rules={[
            { required: true, message: '请填写登录名' },
            {
              pattern: /^[a-z][a-z0-9._-]{2,31}$/,
              message: '应为 3 至 32 位小写字母、数字、点、下划线或短横线，以字母开头',
            },
          ]}
        >
          <Input maxLength={32} autoComplete="username" />
        </Form.Item>
        <Form.Item
          name={['account', 'name']}
          label="姓名"
          extra="首个账号兼经办与签署；须两人办理的事项，请再为同事开立经办账号"
          rules={[{ required: true, min: 2, message: '请填写真实姓名' }]}
        >
          <Input maxLength={40} autoComplete="name" />
        </Form.Item>
        <Form.Item
          name={['account', 'password']}
          label="口令"
          extra="至少 10 位，含大写、小写、数字、符号中的三类，不含登录名"
          rules={[
            { required: true, message: '请设置口令' },
            {
              validator: (_, value: string) =>
                checkPassword(value, form.getFieldValue(['account', 'username']) as string),
            },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="repeat"
          label="再次输入口令"
          dependencies={[['account', 'password']]}
          rules={[
            { required: true, message: '请再次输入口令' },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                !value || value === getFieldValue(['account', 'password'])
                  ? Promise.resolve()
                  : Promise.reject(new Error('两次输入的口令不一致')),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name={['account', 'mobile']}
          label="手机号"
          rules={[{ pattern: /^1[3-9]\d{9}$/, message: '手机号应为 11 位数字' }]}
        >
          <Input maxLength={11} inputMode="tel" autoComplete="tel" />
        </Form.Item>
      </FormGrid>
      <div className={styles.consent}>
        <h2>数据使用授权</h2>
        <p>
          本单位同意：平台为办理知识产权质押融资，将所填资料、知识产权信息和融资申请提供给参与本单位业务的银行、评估、担保机构和主管部门；平台依法对联系人等个人信息掩码，非因办理业务不得查看，查看须说明理由并留痕；统计公开时不含个人信息和商业秘密。授权可随注销入驻撤回，已形成的业务记录依法保存。
        </p>
        <Form.Item
          name="consent"
          valuePropName="checked"
          required
          rules={[
            {
              validator: (_, value) =>
                value ? Promise.resolve() : Promise.reject(new Error('请阅读并同意后再提交')),
            },
          ]}
        >
          <Checkbox>已阅读并同意上述授权</Checkbox>
        </Form.Item>
      </div>
    </>
  );
}

function Done({ answer }: { answer: Answer<'/registrations', 'post'> }) {
  const draft = answer.status === 'draft';
  return (
    <div className={styles.page}>
      <Result
        status="success"
        title={
          <h1 className={styles.done}>{draft ? '资料已保存，请登录上传扫描件' : '申请已提交'}</h1>
        }
        subTitle={
          <>
            {answer.name}，受理编号 <span className="num">{answer.number}</span>。
            {draft
              ? '请用刚设置的账号登录，上传营业执照扫描件后提交审核。'
              : '审核一般在 5 个工作日内完成，可用刚设置的账号登录查看进度。'}
          </>
        }
        extra={
          <LinkButton type="primary" to="/sign-in">
            去登录
          </LinkButton>
        }
      />
    </div>
  );
}
