import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PeerProcess } from '../../../channels/sms/smpp/testing/peer-process.ts';
import { hasPeer, peerPath } from '../../../testing/peers.ts';
import { systemClock } from '../../process/system-clock.ts';
import { type PracticeSmsc, startPracticeSmsc } from './index.ts';

const longPolish = 'Prosimy o wpłatę zaległej raty do piątku. Dziękujemy! '.repeat(3).trim();
const until = <Value>(check: () => Value | Promise<Value>) =>
  vi.waitFor(check, { timeout: 30_000, interval: 50 });

/** bearerbox and smsbox on ports, files and processes of their own; the system's service has no part in it. */
describe.skipIf(!hasPeer('bearerbox') || !hasPeer('smsbox'))(
  'kannel as the ESME of the practice SMSC',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'kannel-'));
    const heard: URL[] = [];
    const boxes: PeerProcess[] = [];
    let smsc: PracticeSmsc;
    let web: Server;
    let sendPort = 0;
    let webUrl = '';

    beforeAll(async () => {
      smsc = await startPracticeSmsc({
        port: 0,
        clock: systemClock,
        seed: 1,
        login: { systemId: 'kannel', password: 'secret' },
        behaviour: () => ({ outcome: 'delivered', afterMs: 200, failure: null, reply: null }),
      });
      web = createHttpServer((request, response) => {
        heard.push(new URL(request.url ?? '/', 'http://127.0.0.1'));
        response.end('');
      }).listen(0, '127.0.0.1');
      await once(web, 'listening');
      webUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
      const [adminPort, boxPort, freePort] = [
        await freeTcpPort(),
        await freeTcpPort(),
        await freeTcpPort(),
      ];
      sendPort = freePort;
      const file = join(folder, 'kannel.conf');
      writeFileSync(
        file,
        configuration({ adminPort, boxPort, sendPort, smscPort: smsc.port, webUrl }),
      );
      boxes.push(new PeerProcess(peerPath('bearerbox'), ['-v', '1', file], folder));
      await until(() =>
        expect(smsc.binds()).toEqual([{ systemId: 'kannel', role: 'transceiver' }]),
      );
      boxes.push(new PeerProcess(peerPath('smsbox'), ['-v', '1', file], folder));
      await until(async () => expect((await fetch(sendUrl({}))).status).toBe(403));
    });

    afterAll(async () => {
      for (const box of boxes.reverse()) await box.stop();
      await smsc?.stop();
      web?.closeAllConnections();
      web?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const sendUrl = (query: Record<string, string>) =>
      `http://127.0.0.1:${sendPort}/cgi-bin/sendsms?${new URLSearchParams(query)}`;
    const login = { username: 'tester', password: 'secret' };

    it('takes its long Polish message whole, and its receipts come back', async () => {
      const response = await fetch(
        sendUrl({
          ...login,
          from: 'FIRMA',
          to: '+48100000090',
          text: longPolish,
          coding: '2',
          charset: 'UTF-8',
          'dlr-mask': '31',
          'dlr-url': `${webUrl}/dlr?state=%d&id=%F`,
        }),
      );
      expect(response.status).toBe(202);
      await until(() => expect(smsc.submitted()).toHaveLength(1));
      expect(smsc.submitted()[0]).toMatchObject({
        text: longPolish,
        to: '48100000090',
        from: 'FIRMA',
        parts: 3,
      });
      // 1 is delivered to the phone, 8 taken by the SMSC
      await until(() => expect(states()).toContain('1'));
      expect(states()).not.toContain('2');
      await until(() => expect(smsc.waiting()).toBe(0));
    });

    it('takes its messages in the 7-bit alphabet', async () => {
      const text = 'Saldo: 12 EUR @ [konto] {1} ~';
      await fetch(sendUrl({ ...login, from: '7157', to: '+48100000090', text }));
      await until(() => expect(smsc.submitted().at(-1)?.text).toBe(text));
    });

    it.each(['udh', 'payload'] as const)(
      'brings it what a phone sends, long by %s',
      async (long) => {
        heard.length = 0;
        await smsc.deliver({ from: '+48100000091', to: '7157', text: longPolish, long });
        await until(() =>
          expect(
            heard
              .filter(({ pathname }) => pathname === '/mo')
              .map(({ searchParams }) => searchParams.get('text'))
              .join(''),
          ).toBe(longPolish),
        );
        expect(heard[0]?.searchParams.get('from')).toBe('+48100000091');
        expect(smsc.waiting()).toBe(0);
      },
    );

    it('lets it bind again after the connection broke', async () => {
      expect(smsc.binds()).toHaveLength(1);
      smsc.disconnectAll();
      // kannel binds again by itself
      await until(() => expect(smsc.binds()).toHaveLength(1));
    });

    const states = () =>
      heard
        .filter(({ pathname }) => pathname === '/dlr')
        .map(({ searchParams }) => searchParams.get('state'));
  },
);

interface Ports {
  adminPort: number;
  boxPort: number;
  sendPort: number;
  smscPort: number;
  webUrl: string;
}

function configuration({ adminPort, boxPort, sendPort, smscPort, webUrl }: Ports): string {
  return `
group = core
admin-port = ${adminPort}
admin-interface = 127.0.0.1
admin-password = secret
smsbox-port = ${boxPort}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
dlr-storage = internal

group = smsc
smsc = smpp
smsc-id = practice
host = 127.0.0.1
port = ${smscPort}
transceiver-mode = true
smsc-username = kannel
smsc-password = secret
system-type = ""
enquire-link-interval = 5
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = ${boxPort}
sendsms-port = ${sendPort}
sendsms-interface = 127.0.0.1
mo-recode = true

group = sendsms-user
username = tester
password = secret
max-messages = 9
concatenation = true

group = sms-service
keyword = default
get-url = "${webUrl}/mo?from=%p&text=%a&charset=%C"
max-messages = 0
omit-empty = true
catch-all = true
`;
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
