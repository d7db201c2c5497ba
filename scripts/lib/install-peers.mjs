import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { missingPeers, peerPurposes } from './peers.mjs';
import { run } from './run.mjs';

/** @import { PeerName } from './peers.mjs' */
/** @typedef {(command: string, args: readonly string[]) => Promise<{ code: number, output: string }>} RunCommand */

/** @type {Record<PeerName, string>} */
const debianPackages = {
  sipp: 'sip-tester',
  baresip: 'baresip',
  chromium: 'chromium',
  bearerbox: 'kannel',
  smsbox: 'kannel',
  'perl-smpp': 'libnet-smpp-perl',
  gammu: 'gammu',
  socat: 'socat',
  postfix: 'postfix',
  dovecot: 'dovecot-core',
  'dovecot-imap': 'dovecot-imapd',
  'dovecot-lmtp': 'dovecot-lmtpd',
  swaks: 'swaks',
};

/**
 * Installs the programs that tests need and that are missing, where that can be done without a
 * question: on Debian as root. Elsewhere says what is missing and what is therefore not tested.
 * @param {{ isDebianRoot?: boolean, findMissing?: () => PeerName[], runCommand?: RunCommand, holdServices?: () => () => void, print?: (line: string) => void }} [options]
 * @returns {Promise<PeerName[]>} what is missing still
 */
export async function installPeers(options = {}) {
  const { isDebianRoot = onDebianAsRoot(), findMissing = () => missingPeers() } = options;
  const { runCommand = runQuietly, print = console.log, holdServices = refuseStarts } = options;
  const missing = findMissing();
  if (missing.length === 0) return [];
  if (isDebianRoot) {
    const letGo = holdServices();
    try {
      await installFromDebian(missing, runCommand, print);
    } finally {
      letGo();
    }
  }
  const still = findMissing();
  for (const name of still) print(`${name} is not installed: ${peerPurposes[name]} are skipped`);
  return still;
}

/**
 * @param {readonly PeerName[]} missing
 * @param {RunCommand} runCommand
 * @param {(line: string) => void} print
 */
async function installFromDebian(missing, runCommand, print) {
  const packages = [...new Set(missing.map((name) => debianPackages[name]))];
  print(`Installing ${packages.join(', ')} for the tests …`);
  const steps = [['update'], ['install', '-y', '--no-install-recommends', ...packages]];
  for (const args of steps) {
    const { code, output } = await runCommand('apt-get', args);
    if (code !== 0) print(`apt-get ${args[0]} failed:\n${output.trimEnd().slice(-2000)}`);
  }
}

/**
 * Keeps packages from starting their daemons, which tests start themselves with their own configuration and ports:
 * whatever starts a service on Debian asks this file first, unless there is one already.
 * @returns {() => void} takes it away again
 */
function refuseStarts() {
  const path = '/usr/sbin/policy-rc.d';
  if (existsSync(path)) return () => {};
  writeFileSync(path, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return () => rmSync(path, { force: true });
}

function onDebianAsRoot() {
  const isRoot = process.getuid?.() === 0;
  return isRoot && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** @type {RunCommand} */
function runQuietly(command, args) {
  return run(command, args, { capture: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
}
