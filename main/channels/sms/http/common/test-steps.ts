import type { GatewayTestStep } from '#shared/contract/gateway.contract.ts';
import type { Unbranded } from '../../../../contract-server/types.ts';
import type { AdapterParts, HandOver, OutgoingMessage } from '../../../types.ts';
import type { Exchange } from './http-client.ts';

type Step = Unbranded<GatewayTestStep>;

/** What a step found. */
export interface Finding {
  state: 'ok' | 'warning' | 'failed';
  code: string | null;
  detail: string | null;
}

export const fine = (detail: string | null = null): Finding => ({
  state: 'ok',
  code: null,
  detail,
});
export const failing = (code: string, detail: string | null = null): Finding => ({
  state: 'failed',
  code,
  detail,
});
export const warning = (code: string, detail: string | null = null): Finding => ({
  state: 'warning',
  code,
  detail,
});

export interface TestSteps {
  /** a secret or a member of settings that is missing, before anything is asked; null: all there */
  missing(): string | null;
  /** asks something that needs the login and costs nothing */
  login(): Promise<{ exchange: Exchange; balance: Finding | null; finding: Finding | null }>;
  /** how receipts and answers come, or why they do not */
  receive(): Finding;
  /** the first sender that this gateway may show */
  sender(): Finding;
  send(message: OutgoingMessage): Promise<HandOver>;
}

const order = ['connect', 'tls', 'login', 'balance', 'sender', 'receive', 'send'] as const;

/** Tries the settings of an HTTP gateway; after a failure the rest is skipped. */
export async function testHttpGateway(
  parts: Pick<AdapterParts, 'clock'>,
  steps: TestSteps,
  message: OutgoingMessage | null,
): Promise<Step[]> {
  const { clock } = parts;
  const done: Step[] = [];
  let failed = false;
  let startedAt = clock.monotonic();
  const note = (step: string, finding: Finding) => {
    const now = clock.monotonic();
    done.push({ step, ...finding, tookMs: Math.round(now - startedAt) });
    startedAt = now;
    failed ||= finding.state === 'failed';
  };
  const finish = () => {
    const known = new Set(done.map(({ step }) => step));
    const wanted = order.filter((step) => step !== 'send' || message !== null);
    for (const step of wanted) {
      if (known.has(step) || step === 'tls' || step === 'balance') continue;
      done.push({ step, state: 'skipped', tookMs: 0, code: null, detail: null });
    }
    return done;
  };

  const missing = steps.missing();
  if (missing !== null) {
    note('login', failing(missing));
    return finish();
  }
  const { exchange, balance, finding } = await steps.login();
  noteConnection(exchange, note);
  if (failed) return finish();
  note('login', finding ?? loginFinding(exchange));
  if (failed) return finish();
  if (balance !== null) note('balance', balance);
  note('sender', steps.sender());
  note('receive', steps.receive());
  if (message !== null && !failed) note('send', sendFinding(await steps.send(message)));
  return finish();
}

function noteConnection(exchange: Exchange, note: (step: string, finding: Finding) => void): void {
  if (exchange.kind === 'answer') return note('connect', fine());
  const isTls = exchange.code === 'gateway.tls-failed';
  if (isTls) note('connect', fine());
  note(isTls ? 'tls' : 'connect', failing(exchange.code, exchange.detail));
}

function loginFinding(exchange: Exchange): Finding {
  if (exchange.kind !== 'answer') return failing(exchange.code, exchange.detail);
  const { status } = exchange;
  if (status >= 200 && status < 300) {
    return exchange.json() === undefined
      ? failing('gateway.bad-answer', exchange.mediaType)
      : fine();
  }
  if (status === 429) return warning('gateway.throttled', 'HTTP 429');
  const codes: Record<number, string> = {
    401: 'gateway.login-refused',
    403: 'gateway.login-refused',
    402: 'gateway.no-credit',
    404: 'gateway.bad-address',
  };
  const usual = status >= 500 ? 'gateway.server-error' : 'gateway.bad-address';
  return failing(codes[status] ?? usual, `HTTP ${status}`);
}

function sendFinding(handOver: HandOver): Finding {
  if (handOver.kind === 'accepted') return fine(handOver.providerIds.join(', '));
  return failing(handOver.code, handOver.detail);
}
