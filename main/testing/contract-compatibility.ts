/** A JSON Schema as zod writes it, as far as the contract uses it. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  [keyword: string]: unknown;
}

export interface ContractSchemas {
  commands: Record<
    string,
    { roles: string[]; changes: boolean; input: JsonSchema; output: JsonSchema }
  >;
  events: Record<string, JsonSchema>;
}

/** `input`: what older clients send must still be taken; `output`: what they read must still be there. */
type Direction = 'input' | 'output';

/**
 * What a client that was built against `before` would stumble over in `after`: one line each.
 * Additions (commands, events, roles, optional inputs, further outputs) are no breakage.
 */
export function breakingChanges(before: ContractSchemas, after: ContractSchemas): string[] {
  const found: string[] = [];
  for (const [name, old] of Object.entries(before.commands)) {
    const now = after.commands[name];
    if (!now) {
      found.push(`${name}: removed`);
      continue;
    }
    for (const role of old.roles) {
      if (!now.roles.includes(role)) found.push(`${name}: no longer for ${role}`);
    }
    if (now.changes && !old.changes) found.push(`${name}: now needs a commandId`);
    compare(`${name} input`, old.input, now.input, 'input', found);
    compare(`${name} output`, old.output, now.output, 'output', found);
  }
  for (const [name, old] of Object.entries(before.events)) {
    const now = after.events[name];
    if (now) compare(name, old, now, 'output', found);
    else found.push(`${name}: removed`);
  }
  return found;
}

function compare(
  path: string,
  old: JsonSchema,
  now: JsonSchema,
  direction: Direction,
  found: string[],
): void {
  const [oldChoices, nowChoices] = [choices(old), choices(now)];
  if (oldChoices.length > 1 || nowChoices.length > 1) {
    compareChoices(path, oldChoices, nowChoices, direction, found);
    return;
  }
  if (old.type !== now.type) {
    found.push(`${path}: ${String(old.type)} became ${String(now.type)}`);
    return;
  }
  compareValues(path, old, now, direction, found);
  compareProperties(path, old, now, direction, found);
  if (old.items && now.items) compare(`${path}[]`, old.items, now.items, direction, found);
  const [oldRest, nowRest] = [old.additionalProperties, now.additionalProperties];
  if (typeof oldRest === 'object' && typeof nowRest === 'object') {
    compare(`${path}.*`, oldRest, nowRest, direction, found);
  }
}

/** `null` keeps nothing of what limits the other type. */
function choices(schema: JsonSchema): JsonSchema[] {
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => (type === 'null' ? { type } : { ...schema, type }));
  }
  return schema.anyOf ?? schema.oneOf ?? [schema];
}

/** Every choice of the side that writes must fit a choice of the side that reads. */
function compareChoices(
  path: string,
  old: JsonSchema[],
  now: JsonSchema[],
  direction: Direction,
  found: string[],
): void {
  const [written, read] = direction === 'input' ? [old, now] : [now, old];
  for (const choice of written) {
    const fits = read.some((candidate) => {
      const problems: string[] = [];
      const [from, to] = direction === 'input' ? [choice, candidate] : [candidate, choice];
      compare(path, from, to, direction, problems);
      return problems.length === 0;
    });
    if (!fits) found.push(`${path}: ${describe(choice)} is not understood`);
  }
}

/** Limits of text and numbers: an input may only become wider. */
function compareValues(
  path: string,
  old: JsonSchema,
  now: JsonSchema,
  direction: Direction,
  found: string[],
): void {
  const [oldValues, nowValues] = [values(old), values(now)];
  const [written, read] = direction === 'input' ? [oldValues, nowValues] : [nowValues, oldValues];
  if (read && !written)
    found.push(`${path}: has become ${direction === 'input' ? 'narrower' : 'wider'}`);
  for (const value of written ?? []) {
    if (read && !read.includes(value)) found.push(`${path}: ${String(value)} is not understood`);
  }
  if (direction === 'output') return;
  if (now.pattern !== undefined && now.pattern !== old.pattern) found.push(`${path}: pattern`);
  for (const limit of ['maxLength', 'maximum', 'maxItems'] as const) {
    if (Number(now[limit] ?? Infinity) < Number(old[limit] ?? Infinity)) {
      found.push(`${path}: ${limit} has become smaller`);
    }
  }
  for (const limit of ['minLength', 'minimum', 'minItems'] as const) {
    if (Number(now[limit] ?? -Infinity) > Number(old[limit] ?? -Infinity)) {
      found.push(`${path}: ${limit} has become larger`);
    }
  }
}

function values(schema: JsonSchema): unknown[] | null {
  return schema.enum ?? ('const' in schema ? [schema.const] : null);
}

function compareProperties(
  path: string,
  old: JsonSchema,
  now: JsonSchema,
  direction: Direction,
  found: string[],
): void {
  for (const [name, schema] of Object.entries(old.properties ?? {})) {
    const property = now.properties?.[name];
    if (property) compare(`${path}.${name}`, schema, property, direction, found);
    else if (direction === 'input' || old.required?.includes(name)) {
      found.push(`${path}.${name}: removed`);
    }
  }
  const [needed, given] =
    direction === 'input' ? [now.required, old.required] : [old.required, now.required];
  for (const name of needed ?? []) {
    const removed = direction === 'output' && !now.properties?.[name];
    if (!removed && !given?.includes(name)) {
      const what = direction === 'input' ? 'is now required' : 'may now be absent';
      found.push(`${path}.${name}: ${what}`);
    }
  }
}

function describe(schema: JsonSchema): string {
  return String(schema.const ?? schema.enum ?? schema.type ?? 'a choice');
}
