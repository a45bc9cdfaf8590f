import type { Item } from '@/api/types';
import { formatYuan } from '@/shared/format/money';
import { formatCount, formatShare } from '@/shared/format/rate';

export type Definition = Item<'/policies/parameters'>;

export interface Group {
  name: string;
  definitions: Definition[];
}

/** The parameters by group, in the API's order. */
export function groupsOf(definitions: readonly Definition[]): Group[] {
  const groups: Group[] = [];
  for (const definition of definitions) {
    const known = groups.find((group) => group.name === definition.group);
    if (known) known.definitions.push(definition);
    else groups.push({ name: definition.group, definitions: [definition] });
  }
  return groups;
}

/** A value in words: "45%", "5,000,000.00 元", "10 个工作日", "是". */
export function parameterText(definition: Definition, value: string | number | boolean): string {
  switch (definition.kind) {
    case 'rate':
      return formatShare(String(value));
    case 'amount':
      return formatYuan(String(value));
    case 'boolean':
      return value === true || value === 'true' ? '是' : '否';
    case 'choice':
      return (
        definition.choices.find((choice) => choice.value === String(value))?.text ?? String(value)
      );
    default:
      return `${typeof value === 'number' ? formatCount(value) : String(value)} ${definition.unit}`;
  }
}

/** What is allowed, for the line below a field. */
export function allowedText(definition: Definition): string {
  if (definition.min === '' && definition.max === '') return '';
  const ends: [string, string] =
    definition.kind === 'amount'
      ? [formatYuan(definition.min), formatYuan(definition.max)]
      : [definition.min, definition.max];
  const unit = definition.kind === 'amount' ? '' : ` ${definition.unit}`;
  return `允许 ${ends[0]} 至 ${ends[1]}${unit}`;
}

/** A source without the marks of the project's own register. */
export function sourceText(source: string): string {
  return source.replace(/\s*\[[A-Z]+\d*\]/g, '').trim();
}
