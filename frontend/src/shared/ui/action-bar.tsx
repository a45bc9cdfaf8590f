import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';

import { ReasonModal } from '@/shared/ui/reason-modal';
import { useNarrow } from '@/shared/ui/use-narrow';

import styles from './action-bar.module.css';

export interface ActionSpec {
  label: string;
  /** At most one of those shown should be; the first listed wins. */
  primary?: boolean;
  danger?: boolean;
  /** Asks first: what happens, and what can't be undone. */
  confirm?: { title: string; description?: ReactNode };
  /** Asks for a text, which `run` gets. */
  reason?: { title: string; label: string; required?: boolean; hint?: string };
  /** Where it leads, for actions that need a page of their own. */
  to?: string;
  /** Does it. A promise keeps the button busy; refusals are shown by the query cache. */
  run?: (reason: string) => unknown;
  /** What to say afterwards. */
  done?: string;
}

interface Props {
  /** `available_actions` of the API: exactly these are offered. */
  available: readonly string[] | null | undefined;
  /** What each action looks like, in the order of the buttons. */
  actions: Record<string, ActionSpec>;
  busy?: boolean;
  /** Where it stands even on phones, instead of at the bottom of the screen. */
  inline?: boolean;
}

/**
 * The steps the server allows this person now. An action without a spec isn't shown: it has
 * its own place (such as accepting one row of a table).
 */
export function ActionBar({ available, actions, busy = false, inline = false }: Props) {
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const [running, setRunning] = useState<string>();
  const [asking, setAsking] = useState<string>();

  const offered = Object.keys(actions).filter((name) => available?.includes(name));
  if (offered.length === 0) return null;

  const perform = async (name: string, reason = '') => {
    const spec = actions[name];
    if (!spec) return false;
    setRunning(name);
    try {
      await spec.run?.(reason);
      if (spec.done) void message.success(spec.done);
      return true;
    } catch {
      return false; // A mutation's refusal has been said by the query cache.
    } finally {
      setRunning(undefined);
    }
  };
  const start = (name: string) => {
    const spec = actions[name];
    if (!spec) return;
    if (spec.to) void navigate(spec.to);
    else if (spec.reason) setAsking(name);
    else if (spec.confirm) {
      modal.confirm({
        title: spec.confirm.title,
        content: spec.confirm.description,
        okText: spec.label,
        okButtonProps: { danger: spec.danger ?? false },
        onOk: () => perform(name),
      });
    } else void perform(name);
  };

  const main = offered.find((name) => actions[name]?.primary) ?? '';
  const sorted = [...offered.filter((name) => name !== main), ...(main ? [main] : [])];
  const room = narrow ? 2 : 4;
  const direct = sorted.length > room ? sorted.slice(-room) : sorted;
  const folded = sorted.filter((name) => !direct.includes(name));
  const asked = asking ? actions[asking] : undefined;

  return (
    <div className={styles.bar} data-inline={inline} role="group" aria-label="可办理的操作">
      {folded.length > 0 ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: folded.map((name) => ({
              key: name,
              label: actions[name]?.label,
              danger: actions[name]?.danger ?? false,
              onClick: () => start(name),
            })),
          }}
        >
          <Button icon={<MoreOutlined />} aria-label="更多操作" />
        </Dropdown>
      ) : null}
      {direct.map((name) => (
        <Button
          key={name}
          type={name === main ? 'primary' : 'default'}
          danger={actions[name]?.danger ?? false}
          loading={running === name}
          disabled={busy || (running !== undefined && running !== name)}
          onClick={() => start(name)}
        >
          {actions[name]?.label}
        </Button>
      ))}
      {asking && asked?.reason ? (
        <ReasonModal
          {...asked.reason}
          okText={asked.label}
          danger={asked.danger ?? false}
          busy={running === asking}
          onCancel={() => setAsking(undefined)}
          onSubmit={async (reason) => {
            if (await perform(asking, reason)) setAsking(undefined);
          }}
        />
      ) : null}
    </div>
  );
}
