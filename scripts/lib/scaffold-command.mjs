/**
 * Declares a command in its area's contract, to be filled in. What is generated refuses every
 * input but an empty object and every output but one, so that nothing is forgotten silently.
 * @param {string} name `area.verb`, both in kebab case
 * @param {string} contract text of the area's contract file
 * @returns {string} the new text
 * @throws Error when the name is not of that form or taken, or the file is not as expected
 */
export function scaffoldCommand(name, contract) {
  const match = /^([a-z][a-z0-9-]*)\.([a-z][a-z0-9-]*)$/.exec(name);
  if (!match) throw new Error(`not of the form area.verb: ${name}`);
  if (contract.includes(`'${name}':`)) throw new Error(`${name} exists already`);
  const start = contract.search(/^export const \w+Commands = defineCommands\(\{$/m);
  const end = start === -1 ? -1 : contract.indexOf('\n});', start);
  if (end === -1)
    throw new Error('the contract has no `export const …Commands = defineCommands({`');
  return `${contract.slice(0, end + 1)}${commandText(name)}${contract.slice(end + 1)}`;
}

/** @param {string} name */
function commandText(name) {
  return `  '${name}': {
    roles: people,
    changes: true,
    input: z.strictObject({}),
    output: z.object({}),
    errors: [],
  },
`;
}
