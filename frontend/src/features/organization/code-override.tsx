import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form } from 'antd';

import { requestJSON } from '@/api/request';
import { FormWide } from '@/shared/ui/api-form';

interface Check {
  valid: boolean;
  details: Record<string, string> | null;
}

// The same key as the field's own check, so that there is one request for all.
const check = (value: string) => ({
  queryKey: ['identifier', 'uscc', value],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    requestJSON<Check>('GET', '/identifiers/check', { query: { kind: 'uscc', value }, signal }),
  staleTime: Infinity,
  retry: false,
});

const overridable = (answer: Check | undefined) =>
  answer?.valid === false && answer.details?.['override_allowed'] === 'true';

/** A rule for the field: a wrong code stops the form here instead of at the server. */
export function useCodeRule() {
  const queries = useQueryClient();
  return ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validateTrigger: [],
    validator: async (_: unknown, value: string | undefined) => {
      if (!value?.trim()) return;
      const answer = await queries.fetchQuery(check(value.trim())).catch(() => undefined);
      if (!answer || answer.valid) return; // Without an answer the server decides later.
      if (overridable(answer) && getFieldValue('uscc_override')) return;
      throw new Error('请先更正统一社会信用代码');
    },
  });
}

/**
 * Some early certificates carry a wrong last character. Only for such a code, and for no
 * other mistake, the applicant may say that it is printed so; two people compare the scan.
 */
export function CodeOverride({ disabled }: { disabled: boolean }) {
  const form = Form.useFormInstance();
  const value = (Form.useWatch('uscc', form) as string | undefined)?.trim() ?? '';
  const answer = useQuery({ ...check(value), enabled: value.length === 18 });
  const offered = value.length === 18 && overridable(answer.data);
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
