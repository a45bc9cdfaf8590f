import type { FieldFault, Problem } from '@/api/problem';

/** A path as antd's forms write it: ["shares", 0, "rate"]. */
export type NamePath = (string | number)[];

export interface Mapped {
  /** Faults of fields that the form has. */
  fields: { name: NamePath; errors: string[] }[];
  /** Faults of anything else; to be shown above the form. */
  rest: FieldFault[];
}

/** "body.shares[0].rate" and "shares.0.rate" are both ["shares", 0, "rate"]. */
export function namePath(field: string): NamePath {
  return field
    .replace(/^body\.?/, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Sorts the faults of a refusal: to the fields that the form has, or to the rest. */
export function mapProblem(problem: Problem, has: (name: NamePath) => boolean): Mapped {
  const fields = new Map<string, { name: NamePath; errors: string[] }>();
  const rest: FieldFault[] = [];
  for (const fault of problem.errors) {
    const name = nearest(namePath(fault.field), has);
    if (!name) {
      rest.push(fault);
      continue;
    }
    const key = JSON.stringify(name);
    const known = fields.get(key);
    if (known) known.errors.push(fault.message);
    else fields.set(key, { name, errors: [fault.message] });
  }
  return { fields: [...fields.values()], rest };
}

/** A fault inside a value that one field edits as a whole is that field's fault. */
function nearest(name: NamePath, has: (name: NamePath) => boolean): NamePath | undefined {
  for (let length = name.length; length > 0; length -= 1) {
    const path = name.slice(0, length);
    if (has(path)) return path;
  }
  return undefined;
}
