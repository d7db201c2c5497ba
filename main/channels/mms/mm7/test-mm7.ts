import type { GatewayTestStep } from '#shared/contract/gateway.contract.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { AdapterParts, OutgoingMessage } from '../../types.ts';
import { authorization, causeOf, submit } from './mm7-client.ts';
import { Mm7Listener } from './mm7-listener.ts';

type Step = Unbranded<GatewayTestStep>;
type Outcome = Pick<Step, 'state' | 'code' | 'detail'>;

const OK: Outcome = { state: 'ok', code: null, detail: null };
const CONNECT_MS = 15_000;

/** Tries the centre's address, the port for reports, and, when a message is given, sends it. */
export async function testMm7(
  parts: AdapterParts<'mm7'>,
  message: OutgoingMessage | null,
): Promise<Step[]> {
  const tries: [string, () => Promise<Outcome>][] = [
    ['connect', () => connect(parts)],
    ['listen', () => listen(parts)],
  ];
  if (message !== null) tries.push(['send', () => send(parts, message)]);
  const steps: Step[] = [];
  let failed = false;
  for (const [step, run] of tries) {
    const since = parts.clock.monotonic();
    const outcome: Outcome = failed ? { ...OK, state: 'skipped' } : await run();
    failed ||= outcome.state === 'failed';
    steps.push({ step, tookMs: Math.round(parts.clock.monotonic() - since), ...outcome });
  }
  return steps;
}

/** Something answers there, and takes our login; what it says to an empty question does not matter. */
async function connect(parts: AdapterParts<'mm7'>): Promise<Outcome> {
  const late = new AbortController();
  const cancel = parts.clock.setTimer(CONNECT_MS, () => late.abort(new Error('no answer in time')));
  try {
    const response = await parts.fetch(parts.settings.url, {
      method: 'GET',
      headers: authorization(parts),
      redirect: 'manual',
      signal: late.signal,
    });
    await response.body?.cancel();
    if (response.status === 401 || response.status === 403) {
      return failure('gateway.mm7-login-refused', `HTTP ${response.status}`);
    }
    return { ...OK, detail: `HTTP ${response.status}` };
  } catch (error) {
    const { code, reason } = causeOf(error);
    return failure('gateway.mm7-unreachable', code || reason);
  } finally {
    cancel();
  }
}

async function listen(parts: AdapterParts<'mm7'>): Promise<Outcome> {
  if (parts.settings.listenPort === 0) {
    return { state: 'warning', code: 'gateway.mm7-no-receipts', detail: null };
  }
  const listener = new Mm7Listener(parts);
  try {
    await listener.open();
    await listener.close();
    return OK;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return failure(error.code, error.message);
  }
}

async function send(parts: AdapterParts<'mm7'>, message: OutgoingMessage): Promise<Outcome> {
  const outcome = await submit(parts, message, new AbortController().signal);
  return outcome.kind === 'accepted' ? OK : failure(outcome.code, outcome.detail);
}

function failure(code: string, detail: string | null): Outcome {
  return { state: 'failed', code, detail };
}
