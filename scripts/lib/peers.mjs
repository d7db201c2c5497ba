import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Programs that are not ours and that tests run against.
 * @typedef {'sipp' | 'baresip' | 'chromium' | 'bearerbox' | 'smsbox' | 'perl-smpp'
 *   | 'gammu' | 'socat' | 'postfix' | 'dovecot' | 'dovecot-imap' | 'dovecot-lmtp' | 'swaks'} PeerName
 */

/** @type {readonly PeerName[]} */
export const peerNames = [
  'sipp',
  'baresip',
  'chromium',
  'bearerbox',
  'smsbox',
  'perl-smpp',
  'gammu',
  'socat',
  'postfix',
  'dovecot',
  'dovecot-imap',
  'dovecot-lmtp',
  'swaks',
];

/** What proves itself with each, for a person who has to do without. */
export const peerPurposes = {
  sipp: 'the trunk tests against SIPp as a carrier',
  baresip: 'the two-way audio tests against baresip as a debtor',
  chromium: 'the end-to-end tests in a browser',
  bearerbox: 'the tests of the practice SMSC against kannel',
  smsbox: 'the tests of the practice SMSC against kannel',
  'perl-smpp': 'the tests of SMPP against an SMSC that is not ours',
  gammu: 'the tests of the practice modem against gammu',
  socat: 'the tests of modems over a pseudo-terminal',
  postfix: 'the tests of e-mail against Postfix and Dovecot',
  dovecot: 'the tests of e-mail against Postfix and Dovecot',
  'dovecot-imap': 'the tests of e-mail against Postfix and Dovecot',
  'dovecot-lmtp': 'the tests of e-mail against Postfix and Dovecot',
  swaks: 'the tests of e-mail against Postfix and Dovecot',
};

/** Names and places of each, the first that exists is taken. */
const candidates = {
  sipp: ['sipp'],
  baresip: ['baresip'],
  // daemons: not in everybody's search path
  bearerbox: ['bearerbox', '/usr/sbin/bearerbox'],
  smsbox: ['smsbox', '/usr/sbin/smsbox'],
  // a module of Perl, which is no program
  'perl-smpp': ['/usr/share/perl5/Net/SMPP.pm'],
  gammu: ['gammu'],
  socat: ['socat'],
  postfix: ['postfix', '/usr/sbin/postfix'],
  dovecot: ['dovecot', '/usr/sbin/dovecot'],
  // parts of it that come in packages of their own
  'dovecot-imap': ['/usr/lib/dovecot/imap'],
  'dovecot-lmtp': ['/usr/lib/dovecot/lmtp'],
  swaks: ['swaks'],
  chromium: [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * @param {PeerName} name
 * @param {string} [searchPath] as in the environment variable PATH
 * @returns {string | undefined} absolute path of the program
 */
export function findPeer(name, searchPath = process.env.PATH ?? '') {
  for (const candidate of candidates[name]) {
    const isPath = /[\\/]/.test(candidate);
    const folders = isPath ? [''] : searchPath.split(delimiter).filter((folder) => folder !== '');
    const found = folders.map((folder) => join(folder, candidate)).find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, path.endsWith('.pm') ? constants.R_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} [searchPath]
 * @returns {PeerName[]}
 */
export function missingPeers(searchPath) {
  return peerNames.filter((name) => findPeer(name, searchPath) === undefined);
}
