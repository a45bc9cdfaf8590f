import { describe, expect, it } from 'vitest';

import { Problem } from '@/api/problem';
import { mapProblem, namePath } from '@/shared/ui/problem-fields';

const refusal = (...errors: { field: string; message: string }[]) =>
  new Problem({
    status: 422,
    code: 'input_invalid',
    detail: '填写有误',
    errors: errors.map((error) => ({ code: 'x', ...error })),
  });

describe('faults of fields', () => {
  it('are found however the path is written', () => {
    expect(namePath('body.shares[0].rate')).toEqual(['shares', 0, 'rate']);
    expect(namePath('shares.0.rate')).toEqual(['shares', 0, 'rate']);
    expect(namePath('')).toEqual([]);
  });

  it('go to the field, several to one', () => {
    const mapped = mapProblem(
      refusal({ field: 'amount', message: '必填' }, { field: 'amount', message: '太小' }),
      (name) => name.join('.') === 'amount',
    );
    expect(mapped).toEqual({ fields: [{ name: ['amount'], errors: ['必填', '太小'] }], rest: [] });
  });

  it('inside a value go to the field that edits the whole', () => {
    const mapped = mapProblem(
      refusal({ field: 'assets[2].id', message: '已出质' }),
      (name) => name.join('.') === 'assets',
    );
    expect(mapped.fields).toEqual([{ name: ['assets'], errors: ['已出质'] }]);
  });

  it('of no field stay visible', () => {
    const mapped = mapProblem(refusal({ field: 'policy', message: '无有效政策' }), () => false);
    expect(mapped.rest.map((fault) => fault.message)).toEqual(['无有效政策']);
  });
});
