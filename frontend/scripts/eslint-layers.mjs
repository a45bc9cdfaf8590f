// The order of the front end: app → features → shared → api. A file imports only from its
// own layer or a later one, and a feature never imports another feature.
import { dirname, relative, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '../src');
const order = ['app', 'features', 'shared', 'api'];

/** Which layer (and feature) a path under src belongs to. */
function place(path) {
  const [layer, name] = relative(source, path).split(/[\\/]/);
  return { layer, feature: layer === 'features' ? name : undefined };
}

/** @type {import('eslint').Rule.RuleModule} */
export const layers = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = place(context.filename);
    if (!order.includes(from.layer)) return {};
    const check = (node) => {
      const target = node.source?.value;
      if (typeof target !== 'string') return;
      const path = target.startsWith('@/')
        ? resolve(source, target.slice(2))
        : target.startsWith('.')
          ? resolve(dirname(context.filename), target)
          : undefined;
      if (!path) return;
      const to = place(path);
      if (to.layer === 'testing' && !/\.test\.tsx?$/.test(context.filename)) {
        context.report({ node, message: 'Only tests may import testing.' });
      }
      if (order.indexOf(to.layer) !== -1 && order.indexOf(to.layer) < order.indexOf(from.layer)) {
        context.report({ node, message: `${from.layer} must not import ${to.layer}.` });
      }
      if (from.feature && to.feature && from.feature !== to.feature) {
        context.report({
          node,
          message: `Feature ${from.feature} must not import feature ${to.feature}.`,
        });
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
