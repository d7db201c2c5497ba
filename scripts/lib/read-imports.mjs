import { parseSync, Visitor } from 'oxc-parser';

/**
 * @typedef {object} Import
 * @property {string} specifier as written
 * @property {boolean} typeOnly gone after type stripping
 * @property {boolean} byUrl named by `new URL('…', import.meta.url)`: a thread or process to start
 * @property {number} line from 1
 *
 * @typedef {object} TestModifier
 * @property {string} name such as `only`
 * @property {number} line
 *
 * @typedef {object} ReadModule
 * @property {Import[]} imports static, dynamic, re-exports, types by `import()`, and by URL
 * @property {{ text: string, line: number }[]} comments
 * @property {TestModifier[]} testModifiers members of `it`, `test`, `describe` that are called
 */

/**
 * Reads what a module imports, without resolving or running anything.
 * @param {string} path decides the dialect by its extension
 * @param {string} text
 * @returns {ReadModule}
 * @throws Error when the text does not parse
 */
export function readModule(path, text) {
  const { program, module, comments, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  const lineOf = lineCounter(text);
  const found = visit(program, lineOf);
  return {
    imports: [...staticImports(module, lineOf), ...found.imports],
    comments: comments.map(({ value, start }) => ({ text: value, line: lineOf(start) })),
    testModifiers: found.testModifiers,
  };
}

/**
 * @param {import('oxc-parser').EcmaScriptModule} module
 * @param {(offset: number) => number} lineOf
 * @returns {Import[]}
 */
function staticImports(module, lineOf) {
  const imports = module.staticImports.map(({ moduleRequest, entries, start }) => ({
    specifier: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    byUrl: false,
    line: lineOf(start),
  }));
  const reExports = module.staticExports.flatMap(({ entries, start }) => {
    const specifier = entries[0]?.moduleRequest?.value;
    if (specifier === undefined) return [];
    const typeOnly = entries.every((entry) => entry.isType);
    return [{ specifier, typeOnly, byUrl: false, line: lineOf(start) }];
  });
  return [...imports, ...reExports];
}

/**
 * @param {import('oxc-parser').Program} program
 * @param {(offset: number) => number} lineOf
 */
function visit(program, lineOf) {
  const imports = /** @type {Import[]} */ ([]);
  const testModifiers = /** @type {TestModifier[]} */ ([]);
  /** @param {string | undefined} specifier @param {number} start @param {Partial<Import>} [how] */
  const add = (specifier, start, how) => {
    if (specifier === undefined) return;
    imports.push({ specifier, typeOnly: false, byUrl: false, line: lineOf(start), ...how });
  };
  const visitor = new Visitor({
    ImportExpression: (node) => add(literalValue(node.source), node.start),
    TSImportType: (node) => add(literalValue(node.source), node.start, { typeOnly: true }),
    NewExpression: (node) => add(moduleUrl(node), node.start, { byUrl: true }),
    CallExpression: (node) => {
      const name = testModifier(node.callee);
      if (name !== undefined) testModifiers.push({ name, line: lineOf(node.start) });
    },
  });
  visitor.visit(program);
  return { imports, testModifiers };
}

/**
 * @param {{ type: string, value?: unknown } | null | undefined} node
 * @returns {string | undefined}
 */
function literalValue(node) {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/**
 * The module that `new URL('./worker.ts', import.meta.url)` names: a worker or a child process.
 * @param {import('oxc-parser').NewExpression} node
 */
function moduleUrl({ callee, arguments: [first, second] }) {
  if (callee.type !== 'Identifier' || callee.name !== 'URL') return undefined;
  if (second?.type !== 'MemberExpression' || second.object.type !== 'MetaProperty')
    return undefined;
  const value = literalValue(first);
  return value !== undefined && /\.(ts|tsx|mts|mjs)$/.test(value) ? value : undefined;
}

const testFunctions = new Set(['it', 'test', 'describe', 'suite', 'bench']);

/**
 * @param {import('oxc-parser').Expression} callee such as `it.only` or `describe.skip.each([…])`
 * @returns {string | undefined} the member nearest the test function
 */
function testModifier(callee) {
  /** @type {import('oxc-parser').Node} */
  let node = callee;
  let name;
  for (;;) {
    if (node.type === 'TaggedTemplateExpression') node = node.tag;
    else if (node.type === 'MemberExpression' && node.property.type === 'Identifier') {
      name = node.property.name;
      node = node.object;
    } else break;
  }
  return node.type === 'Identifier' && testFunctions.has(node.name) ? name : undefined;
}

/**
 * @param {string} text
 * @returns {(offset: number) => number} line, from 1, of an offset
 */
function lineCounter(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (starts[middle]) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
