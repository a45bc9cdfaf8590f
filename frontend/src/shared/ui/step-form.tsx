import { Button, Form, Steps } from 'antd';
import { useState, type ReactNode } from 'react';

import { toProblem } from '@/api/problem';
import { FormFaults, optionalMark, type ApiForm } from '@/shared/ui/api-form';
import { namePath } from '@/shared/ui/problem-fields';
import { useNarrow } from '@/shared/ui/use-narrow';

import styles from './step-form.module.css';

export interface FormStep {
  key: string;
  title: string;
  /** The top-level names of the fields on this step, checked before the next one. */
  fields: readonly string[];
  content: ReactNode;
}

interface Props<Values extends object> {
  api: ApiForm<Values>;
  steps: readonly FormStep[];
  /** Called with all steps' values. Rejects with the Problem: the form goes to its step. */
  onFinish: (values: Values) => Promise<unknown>;
  initialValues?: Partial<Values>;
  submitText?: string;
  onCancel?: () => void;
  /** Saves what is there so far, without checking it. */
  onSaveDraft?: (values: Partial<Values>) => Promise<unknown>;
}

/** A long form in steps. Values of steps out of sight are kept and sent together at the end. */
export function StepForm<Values extends object>(props: Props<Values>) {
  const { api, steps, onFinish, initialValues, submitText = '提交', onCancel, onSaveDraft } = props;
  const [at, setAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const narrow = useNarrow();
  const last = at === steps.length - 1;

  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      const wrong = toProblem(error).errors.map((fault) => String(namePath(fault.field)[0] ?? ''));
      const step = steps.findIndex((each) => each.fields.some((field) => wrong.includes(field)));
      if (step >= 0) setAt(step);
      api.refuse(error);
    } finally {
      setBusy(false);
    }
  };
  const next = async () => {
    try {
      await api.form.validateFields([...(steps[at]?.fields ?? [])] as never, { recursive: true });
    } catch {
      return; // The fields say what is missing.
    }
    if (!last) {
      setAt(at + 1);
      window.scrollTo({ top: 0 });
      return;
    }
    api.reset();
    await run(() => onFinish(api.form.getFieldsValue(true) as Values));
  };

  return (
    <div className={styles.box}>
      <Steps
        className={styles.steps ?? ''}
        size="small"
        current={at}
        responsive={false}
        {...(narrow ? { type: 'dot' as const } : {})}
        items={steps.map((step) => ({ title: narrow ? '' : step.title }))}
      />
      {narrow ? (
        <p className={styles.where}>
          第 {at + 1} 步，共 {steps.length} 步：{steps[at]?.title}
        </p>
      ) : null}
      <Form<Values>
        form={api.form}
        layout="vertical"
        requiredMark={optionalMark}
        disabled={busy}
        {...(initialValues ? { initialValues: initialValues } : {})}
      >
        <FormFaults faults={api.rest} />
        {steps.map((step, index) => (
          <div key={step.key} hidden={index !== at}>
            {step.content}
          </div>
        ))}
      </Form>
      <div className={styles.footer}>
        {at > 0 ? <Button onClick={() => setAt(at - 1)}>上一步</Button> : null}
        <Button type="primary" loading={busy} onClick={() => void next()}>
          {last ? submitText : '下一步'}
        </Button>
        {onSaveDraft ? (
          <Button
            disabled={busy}
            onClick={() =>
              void run(() => onSaveDraft(api.form.getFieldsValue(true) as Partial<Values>))
            }
          >
            保存草稿
          </Button>
        ) : null}
        {onCancel ? (
          <Button type="text" onClick={onCancel}>
            取消
          </Button>
        ) : null}
      </div>
    </div>
  );
}
