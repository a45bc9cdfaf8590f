import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form } from 'antd';

import { requestJSON } from '@/api/request';
import { FormWide } from '@/shared/ui/api-form';

interface Check {
  valid: boolean;
  details: Record<string, string> | null;
}

/**
 * Some early certificates carry a wrong last character. Only for such a code, and for no
 * other mistake, the applicant may say that it is printed so; two people compare the scan.
 */
export function CodeOverride({ disabled }: { disabled: boolean }) {
  const form = Form.useFormInstance();
  const value = (Form.useWatch('uscc', form) as string | undefined)?.trim() ?? '';
  // The same key as the field's own check, so that there is one request for both.
  const check = useQuery({
    queryKey: ['identifier', 'uscc', value],
    queryFn: ({ signal }) =>
      requestJSON<Check>('GET', '/identifiers/check', { query: { kind: 'uscc', value }, signal }),
    enabled: value.length === 18,
    staleTime: Infinity,
    retry: false,
  });
  const offered =
    value.length === 18 &&
    check.data?.valid === false &&
    check.data.details?.['override_allowed'] === 'true';
  if (!offered) return null;
  return (
    <FormWide>
      <Form.Item
        name="uscc_override"
        valuePropName="checked"
        required
        extra="个别早期证照末位校验码与规则不符。勾选后先保存为草稿，登录上传证照扫描件再提交，由市场监管局两人核对。"
      >
        <Checkbox disabled={disabled}>证照上确为此号码</Checkbox>
      </Form.Item>
    </FormWide>
  );
}
