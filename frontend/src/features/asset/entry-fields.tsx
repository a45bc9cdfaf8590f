import { Checkbox, Form, Input, InputNumber, Select } from 'antd';

import { FormGrid, FormWide } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { FileUpload } from '@/shared/ui/file-upload';
import { IdentifierInput } from '@/shared/ui/identifier-input';
import { MoneyInput } from '@/shared/ui/money-input';

import styles from './asset-form-page.module.css';
import { isPatent, kindOptions, type Asset } from './status';

type Kind = Asset['kind'] | undefined;

const required = (message: string) => [{ required: true, message }];

/** What the right is and how it is numbered. */
export function RightFields({ kind, registrant }: { kind: Kind; registrant: boolean }) {
  const patent = isPatent(kind);
  return (
    <FormGrid>
      <Form.Item name="kind" label="权利种类" rules={required('请选择权利种类')}>
        <Select
          options={registrant ? kindOptions : kindOptions.filter((k) => k.value !== 'gi_mark')}
        />
      </Form.Item>
      <Form.Item
        name="title"
        label={patent ? '发明创造名称' : '商标名称'}
        rules={required('请填写名称')}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        key={patent ? 'patent' : 'mark'}
        name="right_no"
        label={patent ? '专利号' : '商标注册号'}
        rules={required(patent ? '请填写专利号' : '请填写商标注册号')}
      >
        <IdentifierInput
          kind={patent ? 'patent' : 'trademark'}
          placeholder={patent ? '如 ZL202010566088.9' : '如 51127133'}
        />
      </Form.Item>
      {patent ? (
        <Form.Item name="ipc" label="主分类号">
          <Input maxLength={40} placeholder="如 B23P 19/00" />
        </Form.Item>
      ) : (
        <Form.Item
          name="nice_class"
          label="商标类别"
          rules={required('请填写商标类别')}
          extra="1 至 34 类为商品，35 至 45 类为服务；一号多类请分别登记"
        >
          <InputNumber min={1} max={45} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      )}
      {kind === 'gi_mark' ? (
        <Form.Item name="mark_kind" label="商标性质" rules={required('请选择商标性质')}>
          <Select
            options={[
              { value: 'certification', label: '证明商标' },
              { value: 'collective', label: '集体商标' },
            ]}
          />
        </Form.Item>
      ) : null}
    </FormGrid>
  );
}

/** From when to when it lives, and until when its fees are paid. */
export function TermFields({ kind }: { kind: Kind }) {
  const patent = isPatent(kind);
  return (
    <FormGrid>
      <Form.Item name="filed_on" label="申请日" rules={patent ? required('请填写申请日') : []}>
        <DateInput />
      </Form.Item>
      <Form.Item
        name="granted_on"
        label={patent ? '授权公告日' : '注册日'}
        rules={patent ? [] : required('请填写注册日')}
        {...(patent ? { extra: '尚未授权的可先存草稿；专利申请权不能出质' } : {})}
      >
        <DateInput />
      </Form.Item>
      <Form.Item
        name="expires_on"
        label="期满日"
        extra={patent ? '不填则按法定期限计算' : '不填则按注册日起十年计算；已续展的请填写'}
      >
        <DateInput />
      </Form.Item>
      {kind === 'invention_patent' ? (
        <Form.Item
          name="expiry_note"
          label="期限延长理由"
          extra="期满日晚于法定期限的，注明补偿决定文号"
        >
          <Input maxLength={200} />
        </Form.Item>
      ) : null}
      {patent ? (
        <Form.Item name="fee_paid_until" label="年费已缴至" extra="为申请日的周年日，见缴费凭证">
          <DateInput />
        </Form.Item>
      ) : null}
      {patent ? (
        <FormWide>
          <div className={styles.checks}>
            <Form.Item name="divisional" valuePropName="checked" noStyle>
              <Checkbox>分案申请（号码年份晚于申请日）</Checkbox>
            </Form.Item>
            {kind === 'utility_model' ? (
              <Form.Item name="same_day_filing" valuePropName="checked" noStyle>
                <Checkbox>同日就同一创造申请了发明专利</Checkbox>
              </Form.Item>
            ) : null}
          </div>
        </FormWide>
      ) : null}
    </FormGrid>
  );
}

/** Whose it is, what it earns, and the papers. */
export function OwnerFields({ coOwned, editing }: { coOwned: boolean; editing: boolean }) {
  return (
    <FormGrid>
      <Form.Item
        name="registered_owner"
        label="登记簿上的权利人"
        extra="不填则为本单位；多个权利人以顿号分隔"
      >
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item
        name="extract_on"
        label="登记簿副本（商标档案）出具日"
        extra="提交时须在 30 天以内"
      >
        <DateInput />
      </Form.Item>
      <Form.Item name="product_revenue" label="上年相关产品销售收入">
        <MoneyInput />
      </Form.Item>
      <FormWide>
        <div className={styles.checks}>
          <Form.Item name="co_owned" valuePropName="checked" noStyle>
            <Checkbox>与他人共有</Checkbox>
          </Form.Item>
          {coOwned ? (
            <Form.Item name="co_owners_consent" valuePropName="checked" noStyle>
              <Checkbox>全体共有人已书面同意出质</Checkbox>
            </Form.Item>
          ) : null}
        </div>
      </FormWide>
      <FormWide>
        <Form.Item name="description" label="用途说明">
          <Input.TextArea maxLength={2000} rows={3} placeholder="用于哪些产品、实施情况等" />
        </Form.Item>
      </FormWide>
      {editing ? null : (
        <>
          <Form.Item name="extract_files" label="登记簿副本或商标档案扫描件">
            <FileUpload maxCount={3} />
          </Form.Item>
          <Form.Item name="certificate_files" label="权利证书扫描件">
            <FileUpload maxCount={3} />
          </Form.Item>
        </>
      )}
    </FormGrid>
  );
}
