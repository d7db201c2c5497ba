import { readFileSync } from 'node:fs';
import { parseToken, type Token } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';

/**
 * The credential of a command: `DIALDESK_TOKEN`, or a file; never an argument.
 * @throws AppError `command.usage`, `rpc.bad-token`
 */
export function readToken(tokenFile: string | undefined): Token {
  const text = process.env.DIALDESK_TOKEN ?? (tokenFile === undefined ? null : read(tokenFile));
  if (text === null)
    throw new AppError('command.usage', 'set DIALDESK_TOKEN or give --token-file F');
  const token = parseToken(text);
  if (token === null) throw new AppError('rpc.bad-token', 'this is not a token');
  return token;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('rpc.bad-token', `${file} cannot be read`, { cause });
  }
}
