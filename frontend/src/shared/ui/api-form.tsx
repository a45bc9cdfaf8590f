import { Alert, Button, Form, type FormInstance, type FormProps } from 'antd';
import { useState, type ReactNode } from 'react';

import { markShown, toProblem, type FieldFault } from '@/api/problem';
import { mapProblem, type NamePath } from '@/shared/ui/problem-fields';

import styles from './api-form.module.css';

export interface ApiForm<Values> {
  form: FormInstance<Values>;
  /** Give it to `mutate(…, { onError: refuse })`: faults go to their fields. */
  refuse: (error: unknown) => void;
  /** What belongs to no field. */
  rest: FieldFault[];
  reset: () => void;
}

/** A form whose fields show what the server found wrong with them. */
export function useApiForm<Values extends object>(): ApiForm<Values> {
  const [form] = Form.useForm<Values>();
  const [rest, setRest] = useState<FieldFault[]>([]);
  return {
    form,
    rest,
    reset: () => setRest([]),
    refuse: (error) => {
      const problem = toProblem(error);
      if (problem.errors.length > 0) markShown(error);
      const mapped = mapProblem(problem, (name) => has(form as FormInstance, name));
      setRest(mapped.rest);
      form.setFields(mapped.fields as Parameters<typeof form.setFields>[0]);
      const first = mapped.fields[0];
      if (first) form.scrollToField(first.name, { block: 'center', focus: true });
    },
  };
}

function has(form: FormInstance, name: NamePath): boolean {
  return form.getFieldsError().some((field) => JSON.stringify(field.name) === JSON.stringify(name));
}

interface Props<Values extends object> {
  api: ApiForm<Values>;
  onFinish: (values: Values) => void;
  initialValues?: Partial<Values>;
  /** While the request is under way. */
  submitting?: boolean;
  submitText?: string;
  onCancel?: () => void;
  /** Two columns where there is room; wrap wide fields in <FormWide>. */
  columns?: 1 | 2;
  children: ReactNode;
  /** Instead of the two buttons; null for none. */
  footer?: ReactNode;
  onValuesChange?: FormProps<Values>['onValuesChange'];
}

/** The frame of every form: labels above, faults in place, one primary button. */
export function ApiFormView<Values extends object>(props: Props<Values>) {
  const { api, onFinish, initialValues, submitting = false, columns = 1, children } = props;
  const { submitText = '提交', onCancel, footer, onValuesChange } = props;
  return (
    <Form<Values>
      form={api.form}
      layout="vertical"
      requiredMark={optionalMark}
      disabled={submitting}
      {...(initialValues ? { initialValues: initialValues } : {})}
      {...(onValuesChange ? { onValuesChange } : {})}
      onFinish={(values) => {
        api.reset();
        onFinish(values);
      }}
    >
      <FormFaults faults={api.rest} />
      <FormGrid columns={columns}>{children}</FormGrid>
      {footer === undefined ? (
        <div className={styles.footer}>
          <Button type="primary" htmlType="submit" loading={submitting}>
            {submitText}
          </Button>
          {onCancel ? <Button onClick={onCancel}>取消</Button> : null}
        </div>
      ) : (
        footer
      )}
    </Form>
  );
}

/** What is wrong with the whole rather than with one field. */
export function FormFaults({ faults }: { faults: readonly FieldFault[] }) {
  if (faults.length === 0) return null;
  return (
    <Alert
      className={styles.faults ?? ''}
      type="error"
      showIcon
      title="提交未通过检查"
      description={
        <ul>
          {faults.map((fault, index) => (
            <li key={index}>{fault.message}</li>
          ))}
        </ul>
      }
    />
  );
}

/** Fields in two columns, for the steps of a StepForm and groups inside a form. */
export function FormGrid({ children, columns = 2 }: { children: ReactNode; columns?: 1 | 2 }) {
  return (
    <div className={styles.fields} data-columns={columns}>
      {children}
    </div>
  );
}

/** A field that takes the whole width of a form with two columns. */
export function FormWide({ children }: { children: ReactNode }) {
  return <div className={styles.wide}>{children}</div>;
}

/** Most fields are required, so the few that aren't say so. */
export function optionalMark(label: ReactNode, { required }: { required: boolean }) {
  return (
    <>
      {label}
      {required ? null : <span className={styles.optional}>（选填）</span>}
    </>
  );
}
