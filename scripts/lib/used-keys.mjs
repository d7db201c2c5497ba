import { parseSync, Visitor } from 'oxc-parser';

/**
 * @typedef {object} UsedKeys
 * @property {Map<string, string>} asked keys given to `t` or `i18nKey` → the first file that does it
 * @property {Map<string, string>} beginnings what stands before the first `${…}` of a key → file
 * @property {Set<string>} literals every other text in the sources: a key may wait in a table
 */

/**
 * Finds the translation keys that sources use.
 * @param {readonly import('./source-files.mjs').SourceFile[]} files
 * @returns {UsedKeys}
 */
export function findUsedKeys(files) {
  /** @type {UsedKeys} */
  const used = { asked: new Map(), beginnings: new Map(), literals: new Set() };
  for (const { path, text } of files) {
    const { program } = parseSync(path, text);
    new Visitor({
      Literal: ({ value }) => {
        if (typeof value === 'string') used.literals.add(withoutNamespace(value));
      },
      CallExpression: ({ callee, arguments: [first] }) => {
        if (first && isTranslate(callee)) addKeys(used, first, path);
      },
      JSXAttribute: ({ name, value }) => {
        if (name.type !== 'JSXIdentifier' || name.name !== 'i18nKey' || !value) return;
        addKeys(used, value.type === 'JSXExpressionContainer' ? value.expression : value, path);
      },
    }).visit(program);
  }
  return used;
}

/**
 * Whether something is called as `t(…)`, `i18n.t(…)` or `props.t(…)`.
 * @param {import('oxc-parser').Node} callee
 */
function isTranslate(callee) {
  if (callee.type === 'Identifier') return callee.name === 't';
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 't'
  );
}

/**
 * @param {UsedKeys} used
 * @param {import('oxc-parser').Node} node the argument
 * @param {string} path
 */
function addKeys(used, node, path) {
  if (node.type === 'Literal' && typeof node.value === 'string') {
    setOnce(used.asked, withoutNamespace(node.value), path);
  } else if (node.type === 'TemplateLiteral') {
    const [first] = node.quasis;
    const text = withoutNamespace(first?.value.cooked ?? '');
    setOnce(node.expressions.length === 0 ? used.asked : used.beginnings, text, path);
  } else if (node.type === 'ConditionalExpression') {
    addKeys(used, node.consequent, path);
    addKeys(used, node.alternate, path);
  } else if (node.type === 'LogicalExpression') {
    addKeys(used, node.left, path);
    addKeys(used, node.right, path);
  } else if (node.type === 'ArrayExpression') {
    for (const element of node.elements) if (element) addKeys(used, element, path);
  } else if (node.type === 'TSAsExpression' || node.type === 'ParenthesizedExpression') {
    addKeys(used, node.expression, path);
  }
}

/**
 * All files form one namespace, so `agent:title` and `title` are the same key.
 * @param {string} key
 */
function withoutNamespace(key) {
  return key.replace(/^[a-z][a-z0-9-]*:(?=\S)/, '');
}

/**
 * @param {Map<string, string>} map
 * @param {string} key
 * @param {string} value
 */
function setOnce(map, key, value) {
  if (!map.has(key)) map.set(key, value);
}
