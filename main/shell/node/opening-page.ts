import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type LoginCode, loginFragment } from '#shared/contract/index.ts';

/** The address that logs a window in once, within 30 s: the code is in the fragment, which no server sees. */
export function loginAddress(url: string, login: LoginCode): string {
  return `${url}/${loginFragment(login)}`;
}

/**
 * Writes the page that leads the browser to the engine. Only its owner can read it, so the code reaches the browser
 * without passing an argument or a served page.
 * @returns its `file:` address, and how to remove it
 */
export function writeOpeningPage(
  directory: string,
  address: string,
): { page: string; remove(): void } {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, `open-${randomBytes(8).toString('hex')}.html`);
  writeFileSync(file, openingPage(address), { mode: 0o600, flag: 'wx' });
  return { page: pathToFileURL(file).href, remove: () => rmSync(file, { force: true }) };
}

/** The address consists of letters, digits and `:/.#=-`: it needs no escaping in a script or an attribute. */
function openingPage(address: string): string {
  if (!/^http:\/\/[\w.:[\]-]+\/#login=[0-9a-f.-]+$/.test(address)) {
    throw new TypeError('not the address of an engine');
  }
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Dialdesk</title>
<script>location.replace(${JSON.stringify(address)});</script>
</html>
`;
}
