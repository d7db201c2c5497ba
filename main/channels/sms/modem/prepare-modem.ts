import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AtDialog } from './at/at-dialog.ts';
import { readAtError } from './at/at-errors.ts';
import { type RefusedPins, unlockSim } from './sim-pin.ts';

/** What was found out about a modem. */
export interface ModemFacts {
  /** maker and model, as it says them */
  name: string;
  /** 0 … 100; null when it cannot say */
  signalPercent: number | null;
  /** `text` writes and reads texts as hexadecimal UCS-2 */
  mode: 'pdu' | 'text';
}

export interface PreparePorts {
  settings: SettingsOf<'modem'>;
  pin: string | undefined;
  refused: RefusedPins;
  /** told before each part, for a test of settings that says where it stopped */
  onStep?(step: PrepareStep): void;
}

export type PrepareStep = 'modem' | 'pin' | 'network' | 'service-centre' | 'storage';

/**
 * Sets a modem up for messages: no echo, numbers of errors, card unlocked, network there, format, storage, notices.
 * @throws AppError `gateway.modem-*`
 */
export async function prepareModem(dialog: AtDialog, ports: PreparePorts): Promise<ModemFacts> {
  const { settings, onStep = () => {} } = ports;
  onStep('modem');
  const name = await greet(dialog);
  onStep('pin');
  await unlockSim(dialog, ports.pin, settings.port, ports.refused);
  onStep('network');
  const signalPercent = await requireNetwork(dialog);
  dialog.setTextMode(settings.mode === 'text');
  await must(dialog, `+CMGF=${settings.mode === 'pdu' ? 0 : 1}`, 'gateway.modem-no-sms');
  // As they were written, texts cannot be told from answers: an "OK" of a debtor would end a listing, and from then on
  // each answer would be taken for that of the next command.
  if (settings.mode === 'text') await must(dialog, '+CSCS="UCS2"', 'gateway.modem-alphabet');
  onStep('service-centre');
  await setServiceCentre(dialog, settings);
  onStep('storage');
  await setStorage(dialog, settings.storage);
  await askForNotices(dialog);
  return { name, signalPercent, mode: settings.mode };
}

/** A modem that was just plugged in, or finds its speed by the first bytes, may miss one. */
async function greet(dialog: AtDialog): Promise<string> {
  const reply = await dialog.command('');
  if (!reply.ok) await dialog.command('');
  await may(dialog, 'E0');
  await may(dialog, '+CMEE=1');
  const maker = await asked(dialog, '+CGMI');
  const model = await asked(dialog, '+CGMM');
  return [maker, model]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 100);
}

/** Registered at home (1) or roaming (5); 6 and 7 the same, for messages alone. */
const REGISTERED = new Set([1, 5, 6, 7]);

/** @throws AppError `gateway.modem-registration-denied`, `gateway.modem-not-registered` */
export async function requireNetwork(dialog: AtDialog): Promise<number | null> {
  const states = [];
  for (const domain of ['+CREG', '+CGREG', '+CEREG']) {
    const state = await registration(dialog, domain);
    if (state !== null && REGISTERED.has(state)) return signal(dialog);
    states.push(state);
  }
  if (states.includes(3)) {
    throw new AppError('gateway.modem-registration-denied', 'the network refuses this card');
  }
  throw new AppError('gateway.modem-not-registered', 'the modem has not found a network');
}

async function registration(dialog: AtDialog, domain: string): Promise<number | null> {
  const reply = await dialog.command(`${domain}?`);
  const state = /:\s*\d+\s*,\s*(\d+)/.exec(reply.lines.join('\n'))?.[1];
  return reply.ok && state !== undefined ? Number(state) : null;
}

/** 0 … 31, 99: unknown. @see 3GPP TS 27.007 §8.5 */
async function signal(dialog: AtDialog): Promise<number | null> {
  const reply = await dialog.command('+CSQ');
  const level = Number(/\+CSQ:\s*(\d+)/.exec(reply.lines.join('\n'))?.[1] ?? 99);
  return level > 31 ? null : Math.round((level / 31) * 100);
}

/** A modem that cannot say which one it has is believed to have one. */
async function setServiceCentre(
  dialog: AtDialog,
  { serviceCentre, mode }: SettingsOf<'modem'>,
): Promise<void> {
  if (serviceCentre !== '') {
    // PDUs carry it themselves
    if (mode === 'text') {
      const number = ucs2Hex(serviceCentre);
      await must(dialog, `+CSCA="${number}",145`, 'gateway.modem-no-service-centre');
    }
    return;
  }
  const reply = await dialog.command('+CSCA?');
  const known = /\+CSCA:\s*"([^"]*)"/.exec(reply.lines.join('\n'))?.[1];
  if (reply.ok && known === '') {
    throw new AppError('gateway.modem-no-service-centre', 'the card has no message centre');
  }
}

async function setStorage(dialog: AtDialog, storage: 'SM' | 'ME' | 'MT'): Promise<void> {
  for (const place of [...new Set([storage, 'SM', 'ME'])]) {
    for (const places of [`"${place}","${place}","${place}"`, `"${place}"`]) {
      if (await may(dialog, `+CPMS=${places}`)) return;
    }
  }
  throw new AppError('gateway.modem-no-sms', 'the modem has no storage for messages');
}

/**
 * Messages and reports are stored first and told of then, so that one that comes while we are away is there afterwards.
 * Not every modem stores reports (the fourth number): then they come at once.
 */
async function askForNotices(dialog: AtDialog): Promise<void> {
  for (const how of ['2,1,0,2,0', '1,1,0,2,0', '2,1,0,1,0', '1,1,0,1,0', '1,1,0,0,0']) {
    if (await may(dialog, `+CNMI=${how}`)) return;
  }
}

async function asked(dialog: AtDialog, command: string): Promise<string> {
  const reply = await dialog.command(command);
  const prefix = `${command}:`;
  const [line = ''] = reply.ok ? reply.lines : [];
  return line.startsWith(prefix) ? line.slice(prefix.length).trim() : line;
}

async function may(dialog: AtDialog, command: string): Promise<boolean> {
  return (await dialog.command(command)).ok;
}

async function must(dialog: AtDialog, command: string, code: string): Promise<void> {
  const reply = await dialog.command(command);
  if (!reply.ok) throw new AppError(code, `AT${command}: ${readAtError(reply.final).detail}`);
}

export function ucs2Hex(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
}
