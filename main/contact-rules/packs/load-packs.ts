import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { badPack, type ParseOptions, parsePack } from './parse-pack.ts';

/**
 * Reads every `*.json` of a folder as a rule pack, in order of file name. All or nothing: one bad
 * pack refuses the whole set, because a rule that is missing would allow too much.
 * @throws AppError `contact-rules.bad-pack`
 */
export function loadPacks(folder: string, options: ParseOptions = {}): RulePack[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const packs = files.map((name) => parsePack(readJson(join(folder, name), name), name, options));
  const twice = packs.find((pack, index) => packs.findIndex(({ id }) => id === pack.id) < index);
  if (twice) {
    const same = packs.some((pack) => pack !== twice && isSameVersion(pack, twice));
    const problem = `used by two files${same ? `, both version ${twice.version}` : ''}`;
    throw badPack([{ pack: twice.id, rule: null, field: 'id', problem }]);
  }
  return packs;
}

function isSameVersion(one: RulePack, other: RulePack): boolean {
  return one.id === other.id && one.version === other.version;
}

function readJson(path: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const problem = `cannot be read as JSON (${cause instanceof Error ? cause.message : 'unknown'})`;
    throw new AppError('contact-rules.bad-pack', `pack ${name}, field file: ${problem}`, {
      cause,
      details: { problems: [{ pack: name, rule: null, field: 'file', problem }] },
    });
  }
}
