import { Checkbox, Form, Input, Select } from 'antd';

import { api } from '@/api/client';
import type { Input as BodyOf } from '@/api/types';
import { FormGrid, FormWide } from '@/shared/ui/api-form';
import { DateInput } from '@/shared/ui/date-input';
import { IdentifierInput } from '@/shared/ui/identifier-input';

import { CodeOverride, useCodeRule } from './code-override';
import { scaleOptions, type Organization } from './status';

/** What an organisation says of itself; every form of this folder has these fields. */
export type Profile = Omit<BodyOf<'/organizations', 'post'>, 'kind'>;
export type Kind = BodyOf<'/organizations', 'post'>['kind'];

/** The fields' names, for the steps of the registration. */
export const identityNames = [
  'name',
  'uscc',
  'uscc_override',
  'area_code',
  'park_code',
  'established_on',
  'scale',
  'industry',
  'legal_representative',
  'filing_no',
  'cnaps',
  'high_tech',
  'specialised',
] as const;
export const contactNames = ['contact_name', 'contact_mobile', 'address'] as const;

const requiredCode = [
  'enterprise',
  'gi_registrant',
  'bank',
  'appraisal_firm',
  'guarantor',
  'insurer',
];

interface Props {
  kind: string;
  /** Fixed by the admission. */
  fixed?: boolean;
}

/** What identifies an organisation; fixed once it is admitted. */
export function IdentityFields({ kind, fixed = false }: Props) {
  const areas = api.useQuery('get', '/areas', {}, { staleTime: Infinity });
  const codeRule = useCodeRule();
  const all = areas.data?.items ?? [];
  const options = (park: boolean) =>
    all
      .filter((area) => (area.kind === 'park') === park)
      .map((area) => ({ value: area.code, label: area.name }));
  return (
    <FormGrid>
      <Form.Item
        name="name"
        label="单位全称"
        extra="与营业执照或批准文件一致"
        rules={[{ required: true, min: 2, message: '请填写单位全称' }]}
      >
        <Input maxLength={100} disabled={fixed} autoComplete="organization" />
      </Form.Item>
      <Form.Item
        name="uscc"
        label="统一社会信用代码"
        rules={[
          ...(requiredCode.includes(kind)
            ? [{ required: true, message: '请填写统一社会信用代码' }]
            : []),
          codeRule,
        ]}
      >
        <IdentifierInput kind="uscc" disabled={fixed} />
      </Form.Item>
      <CodeOverride disabled={fixed} />
      <Form.Item
        name="area_code"
        label="所在县市区"
        rules={[{ required: true, message: '请选择所在县市区' }]}
      >
        <Select
          options={options(false)}
          disabled={fixed}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="park_code" label="所在园区">
        <Select options={options(true)} allowClear disabled={fixed} />
      </Form.Item>
      <Form.Item name="legal_representative" label="法定代表人（负责人）">
        <Input maxLength={40} disabled={fixed} />
      </Form.Item>
      <Form.Item name="established_on" label="成立日期">
        <DateInput disabled={fixed} />
      </Form.Item>
      {kind === 'enterprise' ? (
        <>
          <Form.Item
            name="scale"
            label="企业规模"
            rules={[{ required: true, message: '请选择企业规模' }]}
          >
            <Select options={scaleOptions} disabled={fixed} />
          </Form.Item>
          <Form.Item name="industry" label="所属行业">
            <Input maxLength={60} disabled={fixed} />
          </Form.Item>
          <Form.Item name="high_tech" valuePropName="checked" noStyle={false} required>
            <Checkbox disabled={fixed}>高新技术企业</Checkbox>
          </Form.Item>
          <Form.Item name="specialised" valuePropName="checked" required>
            <Checkbox disabled={fixed}>专精特新企业</Checkbox>
          </Form.Item>
        </>
      ) : null}
      {kind === 'appraisal_firm' ? (
        <Form.Item name="filing_no" label="评估机构备案号">
          <Input maxLength={60} disabled={fixed} />
        </Form.Item>
      ) : null}
      {kind === 'bank' ? (
        <Form.Item name="cnaps" label="联行号">
          <IdentifierInput kind="cnaps" disabled={fixed} />
        </Form.Item>
      ) : null}
    </FormGrid>
  );
}

/** Whom to call; the organisation keeps this up to date itself. */
export function ContactFields() {
  return (
    <FormGrid>
      <Form.Item
        name="contact_name"
        label="联系人"
        rules={[{ required: true, message: '请填写联系人' }]}
      >
        <Input maxLength={40} autoComplete="name" />
      </Form.Item>
      <Form.Item
        name="contact_mobile"
        label="联系电话"
        extra="手机号，或带区号的固定电话。对其他单位掩码显示。"
        rules={[
          { required: true, message: '请填写联系电话' },
          {
            pattern: /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})$/,
            message: '应为 11 位手机号，或带区号的固定电话，如 0739-5300000',
          },
        ]}
      >
        <Input maxLength={20} inputMode="tel" autoComplete="tel" />
      </Form.Item>
      <FormWide>
        <Form.Item name="address" label="地址">
          <Input maxLength={200} autoComplete="street-address" />
        </Form.Item>
      </FormWide>
    </FormGrid>
  );
}

/** An organisation as a form's values. */
export function valuesOf(organization: Organization): Profile {
  const o = organization;
  return {
    name: o.name,
    area_code: o.area_code,
    high_tech: o.high_tech,
    specialised: o.specialised,
    uscc_override: o.uscc_overridden,
    address: o.address,
    legal_representative: o.legal_representative,
    contact_name: o.contact_name,
    contact_mobile: o.contact_mobile,
    industry: o.industry,
    filing_no: o.filing_no,
    ...(o.uscc ? { uscc: o.uscc } : {}),
    ...(o.park_code ? { park_code: o.park_code } : {}),
    ...(o.established_on ? { established_on: o.established_on } : {}),
    ...(o.scale ? { scale: o.scale } : {}),
    ...(o.cnaps ? { cnaps: o.cnaps } : {}),
  };
}
