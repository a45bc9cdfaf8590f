import type { StoredDocument } from '@/api/upload';

import type { AssetDetail, AssetEntry } from './status';

/** The form's values: the entry, and the scans that are attached once it is saved. */
export type EntryValues = AssetEntry & {
  extract_files?: StoredDocument[];
  certificate_files?: StoredDocument[];
};

/** The part that goes to the API. */
export function entryOf(values: Partial<EntryValues>): AssetEntry {
  const entry: Partial<EntryValues> = { ...values };
  delete entry.extract_files;
  delete entry.certificate_files;
  const patent = ['invention_patent', 'utility_model', 'design_patent'].includes(entry.kind ?? '');
  // What belongs to the other family is left out, even when it was typed before the kind changed.
  if (patent) {
    delete entry.nice_class;
    delete entry.mark_kind;
  } else {
    delete entry.fee_paid_until;
    delete entry.ipc;
    delete entry.divisional;
    delete entry.same_day_filing;
  }
  if (entry.kind !== 'utility_model') delete entry.same_day_filing;
  if (entry.kind !== 'gi_mark') delete entry.mark_kind;
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== undefined && value !== null),
  ) as unknown as AssetEntry;
}

/** A saved right as form values, for editing. */
export function valuesOf(asset: AssetDetail): Partial<EntryValues> {
  return {
    kind: asset.kind,
    title: asset.title,
    right_no: asset.right_no,
    ...(asset.nice_class ? { nice_class: asset.nice_class } : {}),
    mark_kind: asset.mark_kind,
    ipc: asset.ipc,
    ...(asset.filed_on ? { filed_on: asset.filed_on } : {}),
    ...(asset.granted_on ? { granted_on: asset.granted_on } : {}),
    ...(asset.expires_on === asset.statutory_expires_on ? {} : { expires_on: asset.expires_on }),
    expiry_note: asset.expiry_note,
    divisional: asset.divisional,
    ...(asset.fee_paid_until ? { fee_paid_until: asset.fee_paid_until } : {}),
    registered_owner: asset.registered_owner,
    co_owned: asset.co_owned,
    co_owners_consent: asset.co_owners_consent,
    same_day_filing: asset.same_day_filing,
    ...(asset.extract_on ? { extract_on: asset.extract_on } : {}),
    ...(asset.product_revenue ? { product_revenue: asset.product_revenue } : {}),
    description: asset.description,
  };
}
