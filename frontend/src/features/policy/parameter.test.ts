import { describe, expect, it } from 'vitest';

import { allowedText, groupsOf, parameterText, sourceText, type Definition } from './parameter';

function definition(change: Partial<Definition>): Definition {
  return {
    key: 'x',
    group: '甲',
    label: '某参数',
    unit: '%',
    kind: 'rate',
    min: '0',
    max: '90',
    default: '45.00',
    choices: [],
    source: '',
    ...change,
  };
}

describe('parameterText', () => {
  it('writes each kind in words', () => {
    expect(parameterText(definition({}), '45.00')).toBe('45%');
    expect(parameterText(definition({ kind: 'amount', unit: '元' }), '5000000.00')).toBe(
      '5,000,000.00 元',
    );
    expect(parameterText(definition({ kind: 'integer', unit: '个工作日' }), 10)).toBe(
      '10 个工作日',
    );
    expect(parameterText(definition({ kind: 'boolean' }), true)).toBe('是');
    expect(parameterText(definition({ kind: 'boolean' }), 'false')).toBe('否');
    expect(
      parameterText(
        definition({ kind: 'choice', choices: [{ value: 'bank', text: '银行' }] }),
        'bank',
      ),
    ).toBe('银行');
  });
});

describe('groupsOf', () => {
  it('keeps the order of the API', () => {
    const groups = groupsOf([
      definition({ key: 'a', group: '甲' }),
      definition({ key: 'b', group: '乙' }),
      definition({ key: 'c', group: '甲' }),
    ]);
    expect(groups.map((group) => [group.name, group.definitions.map((each) => each.key)])).toEqual([
      ['甲', ['a', 'c']],
      ['乙', ['b']],
    ]);
  });
});

describe('texts', () => {
  it('says what is allowed', () => {
    expect(allowedText(definition({}))).toBe('允许 0 至 90 %');
    expect(allowedText(definition({ min: '', max: '' }))).toBe('');
  });

  it('drops the marks of the source register', () => {
    expect(sourceText('参照湖南 [S29][S30]；江苏 [GK]')).toBe('参照湖南；江苏');
  });
});
