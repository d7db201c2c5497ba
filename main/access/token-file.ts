import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatToken, type Token } from '#shared/contract/index.ts';

/** Writes `keyId:secretHex` so that only the owner can read it, and so that nobody sees half a file. */
export async function writeTokenFile(path: string, token: Token): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}.new`;
  await rm(fresh, { force: true });
  await writeFile(fresh, `${formatToken(token)}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(fresh, 0o600);
  await rename(fresh, path);
}
