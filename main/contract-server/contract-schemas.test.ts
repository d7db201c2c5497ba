import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CommandDefinition, commands, events } from '#shared/contract/index.ts';
import {
  breakingChanges,
  type ContractSchemas,
  type JsonSchema,
} from '../testing/contract-compatibility.ts';

/**
 * The contract as it was last agreed. `UPDATE_CONTRACT=1` writes it anew: after additions, so that they are guarded
 * too, and after a breaking change that was meant (which also raises `contractMinimumVersion`).
 */
const SNAPSHOT = join(import.meta.dirname, 'contract.snapshot.json');

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest as JsonSchema;
}

function presentSchemas(): ContractSchemas {
  const definitions: [string, CommandDefinition][] = Object.entries(commands);
  return {
    commands: Object.fromEntries(
      definitions.map(([name, { roles, changes, input, output }]) => [
        name,
        {
          roles: [...roles],
          changes: changes ?? false,
          input: jsonSchema(input, 'input'),
          output: jsonSchema(output, 'output'),
        },
      ]),
    ),
    events: Object.fromEntries(
      Object.entries(events).map(([name, schema]) => [name, jsonSchema(schema, 'output')]),
    ),
  };
}

describe('the contract', () => {
  it('breaks no client that was built against its snapshot', () => {
    const present = presentSchemas();
    if (process.env.UPDATE_CONTRACT === '1' || !existsSync(SNAPSHOT)) {
      writeFileSync(SNAPSHOT, `${JSON.stringify(present, null, 1)}\n`);
    }
    const agreed = JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as ContractSchemas;
    expect(Object.keys(agreed.commands).length).toBeGreaterThan(50);
    expect(breakingChanges(agreed, present)).toEqual([]);
  });
});

describe('what breaks a client', () => {
  const input = z.strictObject({ a: z.string().max(10), b: z.enum(['x', 'y']).optional() });
  const output = z.object({ a: z.string(), kind: z.enum(['x', 'y']), n: z.number().nullable() });
  const contract = (change: {
    input?: z.ZodType;
    output?: z.ZodType;
    roles?: string[];
    changes?: boolean;
  }): ContractSchemas => ({
    commands: {
      'a.do': {
        roles: change.roles ?? ['agent', 'lead'],
        changes: change.changes ?? false,
        input: jsonSchema(change.input ?? input, 'input'),
        output: jsonSchema(change.output ?? output, 'output'),
      },
    },
    events: { 'a.done': jsonSchema(change.output ?? output, 'output') },
  });
  const changesOf = (change: Parameters<typeof contract>[0]) =>
    breakingChanges(contract({}), contract(change));

  it.each([
    ['nothing changed', {}],
    ['a role more', { roles: ['agent', 'lead', 'admin'] }],
    ['an optional input more', { input: input.extend({ c: z.string().optional() }) }],
    ['a default makes an input optional', { input: input.extend({ a: z.string().default('') }) }],
    ['a longer input', { input: input.extend({ a: z.string().max(20) }) }],
    [
      'another choice for an input',
      { input: input.extend({ b: z.enum(['x', 'y', 'z']).optional() }) },
    ],
    ['an output more', { output: output.extend({ more: z.string() }) }],
    ['an output that is never null now', { output: output.extend({ n: z.number() }) }],
  ])('not: %s', (_what, change) => {
    expect(changesOf(change)).toEqual([]);
  });

  it.each([
    ['a role less', { roles: ['lead'] }, 1],
    ['a commandId is needed', { changes: true }, 1],
    ['an input gone', { input: z.strictObject({ a: z.string().max(10) }) }, 1],
    ['an input required', { input: input.extend({ c: z.string() }) }, 1],
    ['an input of another type', { input: input.extend({ a: z.number() }) }, 1],
    ['a shorter input', { input: input.extend({ a: z.string().max(5) }) }, 1],
    ['a choice less for an input', { input: input.extend({ b: z.enum(['x']).optional() }) }, 1],
    ['an input with a pattern', { input: input.extend({ a: z.string().max(10).regex(/^a/) }) }, 1],
    // an output stands in the command and in the event
    ['an output gone', { output: output.omit({ a: true }) }, 2],
    ['an output optional', { output: output.extend({ a: z.string().optional() }) }, 2],
    ['an output of another type', { output: output.extend({ a: z.number() }) }, 2],
    ['an output that may be null', { output: output.extend({ a: z.string().nullable() }) }, 2],
    [
      'a value that older clients refuse',
      { output: output.extend({ kind: z.enum(['x', 'y', 'z']) }) },
      2,
    ],
  ])('yes: %s', (_what, change, count) => {
    expect(changesOf(change)).toHaveLength(count);
  });

  it('yes: a command or event removed', () => {
    expect(breakingChanges(contract({}), { commands: {}, events: {} })).toEqual([
      'a.do: removed',
      'a.done: removed',
    ]);
  });
});
