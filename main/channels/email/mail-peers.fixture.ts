import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { hasPeer, peerPath } from '#main/testing/peers.ts';
import { dial } from './dial.ts';

const run = promisify(execFile);

/** Whether the whole mail system can run here: its parts change users, which root alone may do. */
export const hasMailPeers =
  process.getuid?.() === 0 &&
  (['postfix', 'dovecot', 'dovecot-imap', 'dovecot-lmtp', 'swaks'] as const).every(hasPeer);

/** Postfix and Dovecot with a configuration of their own: submission, inbound SMTP, IMAP, mailboxes of anybody named. */
export interface MailPeers {
  submissionPort: number;
  /** where mail from outside comes in, without a login */
  inboundPort: number;
  imapPort: number;
  /** certificate of both, PEM */
  authority: string;
  domain: string;
  password: string;
  /** what both said, for the message of a test that fails */
  log(): Promise<string>;
  /** sends a mail from outside, by swaks */
  sendFromOutside(args: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const domain = 'office.test';
const password = 'practice';
const users = ['office', 'debtor', 'anna'];
const START_MS = 30_000;

export async function startMailPeers(): Promise<MailPeers> {
  const folder = await mkdtemp(join(tmpdir(), 'dialdesk-mail-'));
  // its daemons change users, and have to get at their files
  await chmod(folder, 0o755);
  const [submissionPort, inboundPort, imapPort, lmtpPort, authPort] = await freePorts(5);
  const ports = { submissionPort, inboundPort, imapPort, lmtpPort, authPort } as Ports;
  const children: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(children.map(ended));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const log = () => readLogs(folder);
  try {
    await makeCertificate(folder);
    children.push(await startDovecot(folder, ports));
    children.push(await startPostfix(folder, ports));
    for (const port of Object.values(ports)) await listening(port, children);
  } catch (cause) {
    const said = await log();
    await stop();
    throw new Error(`the mail peers did not start:\n${said}`, { cause });
  }
  return {
    submissionPort: ports.submissionPort,
    inboundPort: ports.inboundPort,
    imapPort: ports.imapPort,
    authority: await readFile(join(folder, 'cert.pem'), 'utf8'),
    domain,
    password,
    log,
    async sendFromOutside(args) {
      const server = ['--server', '127.0.0.1', '--port', String(ports.inboundPort)];
      await run(peerPath('swaks'), [...server, '--helo', 'outside.test', ...args]);
    },
    stop,
  };
}

interface Ports {
  submissionPort: number;
  inboundPort: number;
  imapPort: number;
  lmtpPort: number;
  authPort: number;
}

async function makeCertificate(folder: string): Promise<void> {
  const args = [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', '/CN=mail.test'],
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
  ];
  await run('openssl', args);
}

async function startDovecot(folder: string, ports: Ports): Promise<ChildProcess> {
  const home = join(folder, 'dovecot');
  await mkdir(join(home, 'mail'), { recursive: true });
  const mailUser = await idOf('mail');
  await chown(join(home, 'mail'), mailUser, mailUser);
  await writeFile(
    join(home, 'users'),
    users
      .map(
        (user) =>
          `${user}@${domain}:{PLAIN}${password}:${mailUser}:${mailUser}::${home}/mail/${user}::\n`,
      )
      .join(''),
  );
  const config = join(home, 'dovecot.conf');
  await writeFile(config, dovecotConfig(folder, home, ports));
  return started(peerPath('dovecot'), ['-F', '-c', config], join(home, 'start.log'));
}

function dovecotConfig(folder: string, home: string, ports: Ports): string {
  return `
protocols = imap lmtp
listen = 127.0.0.1
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/dovecot.log
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
mail_location = maildir:${home}/mail/%n
first_valid_uid = 1
first_valid_gid = 1
mailbox_idle_check_interval = 1 secs
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = ${home}/users
}
userdb {
  driver = passwd-file
  args = ${home}/users
}
service imap-login {
  inet_listener imap {
    port = ${ports.imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtpPort}
  }
}
service auth {
  inet_listener sasl {
    port = ${ports.authPort}
  }
}
namespace inbox {
  inbox = yes
}
`;
}

async function startPostfix(folder: string, ports: Ports): Promise<ChildProcess> {
  const home = join(folder, 'postfix');
  for (const name of ['etc', 'queue', 'data']) await mkdir(join(home, name), { recursive: true });
  await chown(join(home, 'data'), await idOf('postfix'), 0);
  await writeFile(join(home, 'etc', 'main.cf'), postfixConfig(folder, home, ports));
  // all of our own domain: who of them has a mailbox is for Dovecot to say, and the rest bounces
  await writeFile(join(home, 'etc', 'mailboxes'), `@${domain} ok\n`);
  await writeFile(join(home, 'etc', 'master.cf'), postfixServices(ports));
  const config = join(home, 'etc');
  await run(peerPath('postfix'), ['-c', config, 'check']);
  const { stdout } = await run('postconf', ['-c', config, '-h', 'daemon_directory'], {
    env: { ...process.env, PATH: `${process.env.PATH}:${dirname(peerPath('postfix'))}` },
  });
  const master = join(stdout.trim(), 'master');
  return started(master, ['-c', config, '-d'], join(home, 'start.log'));
}

/** Nothing leaves the machine: what is not for our own domain is refused, and no name is looked up. */
function postfixConfig(folder: string, home: string, ports: Ports): string {
  return `
compatibility_level = 3.6
queue_directory = ${home}/queue
data_directory = ${home}/data
maillog_file = ${home}/postfix.log
maillog_file_prefixes = ${home}
myhostname = mail.test
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
alias_maps =
alias_database =
local_recipient_maps =
biff = no
default_transport = error:5.1.2 no mail leaves this machine
relay_transport = error:5.1.2 no mail leaves this machine
virtual_mailbox_domains = ${domain}, strict.test
virtual_mailbox_maps = texthash:${home}/etc/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:${ports.lmtpPort}
smtpd_tls_cert_file = ${folder}/cert.pem
smtpd_tls_key_file = ${folder}/key.pem
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${ports.authPort}
broken_sasl_auth_clients = no
message_size_limit = 200000
smtpd_discard_ehlo_keywords =
`;
}

function postfixServices({ submissionPort, inboundPort }: Ports): string {
  const submission = [
    'smtpd_tls_security_level=encrypt',
    'smtpd_sasl_auth_enable=yes',
    'smtpd_tls_auth_only=yes',
    'smtpd_relay_restrictions=permit_sasl_authenticated,reject',
    'smtpd_recipient_restrictions=reject_unlisted_recipient,permit_sasl_authenticated,reject',
  ];
  const inbound = ['smtpd_relay_restrictions=reject_unauth_destination'];
  const options = (list: readonly string[]) => list.map((option) => `  -o ${option}\n`).join('');
  return `
127.0.0.1:${submissionPort} inet n - n - - smtpd
${options(submission)}127.0.0.1:${inboundPort} inet n - n - - smtpd
${options(inbound)}pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;
}

/** In a process group of its own: what it ends with itself is its own children alone. */
async function started(path: string, args: readonly string[], log: string): Promise<ChildProcess> {
  await writeFile(log, '');
  const child = spawn(path, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const keep = (bytes: Buffer) => void writeFile(log, bytes, { flag: 'a' }).catch(() => undefined);
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return child;
}

/** Ends a daemon and its children, gently first. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 10_000);
    await exit;
    clearTimeout(timer);
  }
  signalGroup(child, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // its group is empty
  }
}

async function listening(port: number, children: readonly ChildProcess[]): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    try {
      (await dial('127.0.0.1', port, 5_000)).destroy();
      return;
    } catch (cause) {
      const gone = children.some(({ exitCode }) => exitCode !== null);
      if (gone || Date.now() > deadline) throw new Error(`nobody listens on ${port}`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function idOf(user: string): Promise<number> {
  return Number((await run('id', ['-u', user])).stdout.trim());
}

/** Held open together, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function readLogs(folder: string): Promise<string> {
  const names = [
    ...['postfix/start.log', 'postfix/postfix.log'],
    ...['dovecot/start.log', 'dovecot/dovecot.log'],
  ];
  const texts = await Promise.all(
    names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  return names.map((name, index) => `${name}\n${texts[index]}`).join('\n');
}
