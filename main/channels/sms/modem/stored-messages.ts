import { AppError } from '#shared/errors/index.ts';
import type { AtDialog } from './at/at-dialog.ts';
import { readAtError } from './at/at-errors.ts';
import { decodePdu, type ReceivedPdu } from './pdu/decode-pdu.ts';
import type { ModemFacts } from './prepare-modem.ts';
import { readTextHead } from './text-mode.ts';

/** One message or report in a modem's storage. */
export interface StoredMessage {
  index: number;
  /** null: cannot be read */
  received: ReceivedPdu | null;
  /** as the modem gave it: the same each time it is read */
  raw: string;
}

const LIST_MS = 60_000;
/** received, unread (0) and read (1); 2 and 3 are what somebody wrote with another program */
const RECEIVED_STATES = new Set(['0', '1', 'REC UNREAD', 'REC READ']);

/** @throws AppError `gateway.modem-*` */
export async function listStored(dialog: AtDialog, facts: ModemFacts): Promise<StoredMessage[]> {
  const which = facts.mode === 'pdu' ? '4' : '"ALL"';
  const reply = await dialog.command(`+CMGL=${which}`, { deadlineMs: LIST_MS });
  if (!reply.ok) throw refused('+CMGL', reply.final);
  return groups(reply.lines, '+CMGL:').flatMap(({ head, body }) => {
    const [index = '', state = ''] = fields(head);
    if (!/^\d+$/.test(index) || !RECEIVED_STATES.has(state)) return [];
    return [{ index: Number(index), ...read(fields(head).slice(1), body, facts) }];
  });
}

/** One of another storage (`SR`: status reports), which is chosen for that time. */
export async function readStored(
  dialog: AtDialog,
  facts: ModemFacts,
  index: number,
): Promise<StoredMessage | null> {
  const reply = await dialog.command(`+CMGR=${index}`);
  const [group] = groups(reply.lines, '+CMGR:');
  return reply.ok && group ? { index, ...read(fields(group.head), group.body, facts) } : null;
}

/** One that is gone already is as good as deleted. */
export async function deleteStored(dialog: AtDialog, index: number): Promise<void> {
  const reply = await dialog.command(`+CMGD=${index}`, { deadlineMs: 30_000 });
  if (!reply.ok && !/: 321$/.test(reply.final)) throw refused('+CMGD', reply.final);
}

function read(
  head: readonly string[],
  body: readonly string[],
  { mode }: ModemFacts,
): Omit<StoredMessage, 'index'> {
  if (mode === 'pdu') {
    const raw = body[0] ?? '';
    return { raw, received: decodePdu(raw) };
  }
  // the state changes when it has been read: the rest says which one it is
  const raw = [...head.slice(1), ...body].join('\n');
  return { raw, received: readTextHead(head.slice(1), body.join('\n')) };
}

function groups(
  lines: readonly string[],
  prefix: string,
): { head: string; body: readonly string[] }[] {
  const found: { head: string; body: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith(prefix)) found.push({ head: line.slice(prefix.length), body: [] });
    else found.at(-1)?.body.push(line);
  }
  return found;
}

/** Commas between, texts in quotation marks. */
export function fields(line: string): string[] {
  return [...line.trim().matchAll(/(?:^|,)\s*(?:"([^"]*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted ?? plain?.trim() ?? '',
  );
}

function refused(command: string, final: string): AppError {
  return new AppError('gateway.modem-silent', `${command}: ${readAtError(final).detail}`);
}
