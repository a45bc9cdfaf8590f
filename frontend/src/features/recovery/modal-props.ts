import type { Recovery } from './status';

/** What every form over the page of a recovery gets. */
export interface RecoveryModalProps {
  recovery: Recovery;
  open: boolean;
  onClose: () => void;
}

/** The address of a step and the version the person was looking at. */
export function stepParams(recovery: Recovery) {
  return { path: { id: recovery.id }, header: { 'If-Match': String(recovery.version) } };
}
