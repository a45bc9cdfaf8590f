import { describe, expect, it } from 'vitest';

import { entryOf } from './entry';

describe('entryOf', () => {
  it('drops what belongs to the other family of rights', () => {
    const typed = {
      title: '某物',
      right_no: '51127133',
      nice_class: 31,
      mark_kind: 'certification' as const,
      fee_paid_until: '2027-06-19',
      same_day_filing: true,
    };
    expect(entryOf({ ...typed, kind: 'trademark' })).toEqual({
      kind: 'trademark',
      title: '某物',
      right_no: '51127133',
      nice_class: 31,
    });
    expect(entryOf({ ...typed, kind: 'invention_patent' })).toEqual({
      kind: 'invention_patent',
      title: '某物',
      right_no: '51127133',
      fee_paid_until: '2027-06-19',
    });
  });

  it('keeps files out of the body', () => {
    const body = entryOf({ kind: 'trademark', title: '某', right_no: '1', extract_files: [] });
    expect(body).not.toHaveProperty('extract_files');
  });
});
