import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import type { LinkProblem } from './link-state.ts';

const connectWithinMs = 15_000;

export type Opened = { ok: true; socket: Socket } | { ok: false; problem: LinkProblem };

/** A connection that is being made, and can be given up. */
export interface Opening {
  opened: Promise<Opened>;
  giveUp(): void;
}

/** TCP, then TLS where the settings say so. */
export function openSocket(settings: SettingsOf<'smpp'>, clock: Clock): Opening {
  const { host, port, tls } = settings;
  const socket =
    tls === undefined
      ? connectTcp({ host, port })
      : connectTls({
          host,
          port,
          rejectUnauthorized: tls.verify,
          ...(isIP(host) === 0 ? { servername: host } : {}),
          ...(tls.authority === undefined ? {} : { ca: tls.authority }),
        });
  const opened = new Promise<Opened>((resolve) => {
    const fail = (problem: LinkProblem) => {
      cancel();
      socket.destroy();
      resolve({ ok: false, problem });
    };
    const cancel = clock.setTimer(connectWithinMs, () =>
      fail({ code: 'gateway.unreachable', detail: 'ETIMEDOUT' }),
    );
    // stays: a socket without a listener for errors ends the process
    socket.on('error', (error) => fail(problemOf(error)));
    socket.once('close', () => fail({ code: 'gateway.unreachable', detail: null }));
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      cancel();
      resolve({ ok: true, socket });
    });
  });
  return { opened, giveUp: () => socket.destroy() };
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|HOSTNAME_MISMATCH/;

/** @returns a code of `gateway.*` with the system's word for it */
export function problemOf(error: Error): LinkProblem {
  const word = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const detail = word ?? error.message.slice(0, 200);
  if (word === 'ENOTFOUND' || word === 'EAI_AGAIN') return { code: 'gateway.host-unknown', detail };
  if (word !== null && untrusted.test(word)) return { code: 'gateway.bad-certificate', detail };
  if (/^ERR_(SSL|TLS)/.test(word ?? '') || word === 'EPROTO') {
    return { code: 'gateway.tls-failed', detail };
  }
  return { code: 'gateway.unreachable', detail };
}
