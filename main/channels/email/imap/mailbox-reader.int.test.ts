import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { aSetting, emailRig, machineClock } from '../email-rig.fixture.ts';
import { imapPeer } from '../security.ts';
import { imapTimeouts } from './imap-login.ts';
import { MailboxReader } from './mailbox-reader.ts';

let end: () => Promise<void> = () => Promise.resolve();
afterEach(() => end());

const answers: readonly (readonly [RegExp, string])[] = [
  [/^(?:UID )?SEARCH/i, '* SEARCH\r\n'],
  [/^LIST/i, '* LIST (\\Noselect) "/" ""\r\n'],
  [/^EXAMINE/i, '* 0 EXISTS\r\n* OK [UIDVALIDITY 1] .\r\n* OK [UIDNEXT 1] .\r\n'],
];

/** An empty mailbox whose server hangs up as soon as it is to wait for news. */
async function hangsUp(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n');
    socket.on('data', (bytes) => {
      for (const line of bytes.toString('latin1').split('\r\n').filter(Boolean)) {
        const [tag = '', ...words] = line.split(' ');
        const command = words.join(' ');
        if (/^(?:IDLE|NOOP)/i.test(command)) return void socket.destroy();
        const said = answers.find(([pattern]) => pattern.test(command))?.[1] ?? '';
        socket.write(`${said}${tag} OK done\r\n`);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  end = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return (server.address() as AddressInfo).port;
}

describe('a mailbox whose server takes the login and hangs up', () => {
  it('is asked ever less often: too many logins lock an account', async () => {
    const imapPort = await hangsUp();
    const settings = aSetting({ imapHost: '127.0.0.1', imapPort });
    const { parts } = emailRig(settings);
    const peer = imapPeer(settings, parts.secrets);
    if (peer === null) throw new Error('no mailbox');
    const waits: number[] = [];
    const reader = new MailboxReader({
      ...parts,
      peer,
      timeouts: imapTimeouts,
      mailbox: 'INBOX',
      ownAddress: settings.fromAddress,
      clock: {
        ...machineClock,
        setTimer(delayMs, callback) {
          // the look at what came, while the server is to wake us, is no wait between logins
          if (delayMs <= 60_000) waits.push(delayMs);
          return machineClock.setTimer(delayMs / 500, callback);
        },
      },
      onState: () => undefined,
    });
    reader.open();
    await expect.poll(() => waits.length, { timeout: 20_000 }).toBeGreaterThan(5);
    await reader.close();
    expect(waits.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
  });
});
