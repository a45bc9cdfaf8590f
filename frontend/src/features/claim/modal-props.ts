import type { Claim } from './status';

/** What every form over the page of a claim gets. */
export interface ClaimModalProps {
  claim: Claim;
  open: boolean;
  onClose: () => void;
}

/** The address of a step and the version the person was looking at. */
export function stepParams(claim: Claim) {
  return { path: { id: claim.id }, header: { 'If-Match': String(claim.version) } };
}
