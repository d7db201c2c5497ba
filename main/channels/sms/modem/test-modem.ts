import type { GatewayTestStep } from '#shared/contract/gateway.contract.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { AdapterParts, OutgoingMessage } from '../../types.ts';
import { AtDialog } from './at/at-dialog.ts';
import type { ByteLine, OpenLine } from './line/byte-line.ts';
import { type ModemFacts, type PrepareStep, prepareModem } from './prepare-modem.ts';
import { refusedPinsOf } from './refused-pins.ts';
import { submitPart, submitParts } from './submit-parts.ts';

type Step = Unbranded<GatewayTestStep>;
type StepName = 'open' | PrepareStep | 'send';

const WEAK_PERCENT = 20;

/** Tries a modem step by step; what follows a failure is skipped. */
export async function testModem(
  parts: AdapterParts<'modem'>,
  message: OutgoingMessage | null,
  openLine: OpenLine,
): Promise<Step[]> {
  const names: StepName[] = ['open', 'modem', 'pin', 'network', 'service-centre', 'storage'];
  if (message !== null) names.push('send');
  const protocol = new Protocol(names, parts);
  let line: ByteLine | null = null;
  const dialog = new AtDialog({
    clock: parts.clock,
    write: (bytes) => line?.write(bytes),
    onUnsolicited: () => {},
  });
  try {
    protocol.begin('open');
    line = await openLine(parts.settings, {
      onData: (bytes) => dialog.push(bytes),
      onEnd: () => dialog.end(),
    });
    const facts = await prepareModem(dialog, {
      settings: parts.settings,
      pin: parts.secrets.pin,
      refused: refusedPinsOf(parts.cursors),
      onStep: (step) => protocol.begin(step),
    });
    protocol.note('modem', facts.name);
    noteSignal(protocol, facts);
    if (message !== null) {
      protocol.begin('send');
      await sendOne(dialog, message, parts, facts);
    }
    protocol.end();
  } catch (error) {
    protocol.fail(error);
  } finally {
    dialog.end();
    await line?.close();
  }
  return protocol.steps();
}

function noteSignal(protocol: Protocol, { signalPercent }: ModemFacts): void {
  if (signalPercent === null) return;
  protocol.note('network', `${signalPercent} %`);
  if (signalPercent < WEAK_PERCENT) protocol.warn('network', 'gateway.modem-weak-signal');
}

async function sendOne(
  dialog: AtDialog,
  message: OutgoingMessage,
  { settings, clock }: AdapterParts<'modem'>,
  facts: ModemFacts,
): Promise<void> {
  const validityMs = settings.validityMinutes * 60_000;
  const request = { to: message.to, text: message.text, validityMs, reference: clock.now() & 0xff };
  for (const part of submitParts(request, settings, facts)) {
    const outcome = await submitPart(dialog, part);
    if (outcome.kind !== 'taken') throw new AppError(outcome.code, outcome.detail ?? '');
  }
}

/** Collects what each step came to. */
class Protocol {
  readonly #names: readonly StepName[];
  readonly #parts: AdapterParts<'modem'>;
  readonly #done = new Map<StepName, Step>();
  #current: { name: StepName; since: number } | null = null;

  constructor(names: readonly StepName[], parts: AdapterParts<'modem'>) {
    this.#names = names;
    this.#parts = parts;
  }

  begin(name: StepName): void {
    this.end();
    this.#current = { name, since: this.#parts.clock.monotonic() };
  }

  end(): void {
    this.#finish('ok', null, null);
  }

  fail(error: unknown): void {
    const code = error instanceof AppError ? error.code : 'gateway.modem-gone';
    this.#finish('failed', code, error instanceof Error ? error.message : null);
  }

  note(name: StepName, detail: string): void {
    const step = this.#done.get(name);
    if (step) step.detail = detail;
  }

  warn(name: StepName, code: string): void {
    const step = this.#done.get(name);
    if (step) Object.assign(step, { state: 'warning', code });
  }

  steps(): Step[] {
    return this.#names.map(
      (name) =>
        this.#done.get(name) ?? {
          step: name,
          state: 'skipped',
          tookMs: 0,
          code: null,
          detail: null,
        },
    );
  }

  #finish(state: 'ok' | 'failed', code: string | null, detail: string | null): void {
    const current = this.#current;
    if (current === null) return;
    this.#current = null;
    const tookMs = Math.round(this.#parts.clock.monotonic() - current.since);
    this.#done.set(current.name, { step: current.name, state, tookMs, code, detail });
  }
}
