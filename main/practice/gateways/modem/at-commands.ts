import { Deliver, parse, Report } from 'node-pdu';
import type { ModemState } from './modem-state.ts';

/** What is said to a command: lines before the result, and the result. */
export type AtAnswer =
  | { lines: string[]; result: string }
  /** a text follows: its length in octets (PDU mode), or its receiver */
  | { prompt: string };

const OK = (...lines: string[]): AtAnswer => ({ lines, result: 'OK' });
const MOST_PIN_TRIES = 3;

type Answer = (argument: string, state: ModemState) => AtAnswer;

/** Of a command and what stands behind its name: `?`, `=?`, `=…` or nothing. */
export function answerTo(command: string, state: ModemState): AtAnswer {
  const match = /^AT(?:([EZ&FIVQ])(\d*)|(\+[A-Z]+)(.*))?$/i.exec(command.trim());
  if (match === null) return failed(state, 'CME', 4);
  const [, basic, , name, argument = ''] = match;
  if (basic !== undefined)
    return basic.toUpperCase() === 'I' ? OK('Dialdesk practice modem') : OK();
  if (name === undefined) return OK();
  const locked = !state.unlocked && NEEDS_CARD.has(name.toUpperCase());
  if (locked)
    return failed(state, name.startsWith('+CM') ? 'CMS' : 'CME', name.startsWith('+CM') ? 311 : 11);
  const answer = answers[name.toUpperCase()];
  return answer === undefined ? failed(state, 'CME', 4) : answer(argument, state);
}

const NEEDS_CARD = new Set([
  '+CMGS',
  '+CMGL',
  '+CMGR',
  '+CMGD',
  '+CPMS',
  '+CNMI',
  '+CSCA',
  '+CIMI',
]);

const answers: Readonly<Record<string, Answer>> = {
  '+CGMI': () => OK('Dialdesk'),
  '+CGMM': () => OK('Practice Modem'),
  '+CGMR': () => OK('1.0'),
  // no phone has this number: its check digit is wrong
  '+CGSN': () => OK('000000000000001'),
  '+CIMI': () => OK('001010000000001'),
  '+CMEE': (argument, state) => {
    if (argument.startsWith('=') && argument !== '=?') state.numbersErrors = argument !== '=0';
    return OK();
  },
  '+CPIN': pin,
  '+CREG': (argument, state) => registration('+CREG', argument, state),
  '+CGREG': (argument, state) => registration('+CGREG', argument, state),
  '+COPS': () => OK('+COPS: 0,0,"Practice"'),
  '+CSQ': (_argument, { registered }) => OK(`+CSQ: ${registered ? 24 : 99},99`),
  '+CBC': () => OK('+CBC: 0,100'),
  '+CMGF': (argument, state) => {
    if (argument === '=?') return OK('+CMGF: (0,1)');
    if (argument === '?') return OK(`+CMGF: ${state.textMode ? 1 : 0}`);
    state.textMode = argument === '=1';
    return OK();
  },
  '+CSCS': (argument, state) => {
    if (argument === '=?') return OK('+CSCS: ("GSM","IRA","UCS2")');
    if (argument === '?') return OK(`+CSCS: "${state.alphabet}"`);
    const wanted = /"(GSM|IRA|UCS2)"/.exec(argument)?.[1];
    if (wanted === undefined) return failed(state, 'CME', 4);
    state.alphabet = wanted;
    return OK();
  },
  '+CSCA': (argument, state) => {
    if (argument === '?') return OK(`+CSCA: "${state.serviceCentre}",145`);
    state.serviceCentre = /"([^"]*)"/.exec(argument)?.[1] ?? '';
    return OK();
  },
  '+CSMS': (argument) => OK(argument === '?' ? '+CSMS: 0,1,1,1' : '+CSMS: 1,1,1'),
  '+CSDH': () => OK(),
  '+CSMP': (argument, state) => {
    state.textFlags = Number(/^=(\d+)/.exec(argument)?.[1] ?? state.textFlags);
    return OK();
  },
  '+CPMS': (argument, { card }) => {
    const place = `${card.used},${card.capacity}`;
    if (argument === '=?') return OK('+CPMS: ("SM","ME","MT"),("SM","ME","MT"),("SM","ME","MT")');
    if (argument === '?') return OK(`+CPMS: "SM",${place},"SM",${place},"SM",${place}`);
    return OK(`+CPMS: ${place},${place},${place}`);
  },
  '+CNMI': notices,
  '+CMGL': list,
  '+CMGR': (argument, state) => {
    const place = state.card.read(Number(argument.slice(1)));
    return place === null ? failed(state, 'CMS', 321) : OK(...shown('+CMGR: ', place, state));
  },
  '+CMGD': (argument, state) => {
    const [index = '', flag = '0'] = argument.slice(1).split(',');
    if (Number(flag) >= 1) state.card.clear();
    else if (!state.card.remove(Number(index))) return failed(state, 'CMS', 321);
    state.freed();
    return OK();
  },
  '+CMGS': (argument) => ({ prompt: argument.slice(1) }),
};

function pin(argument: string, state: ModemState): AtAnswer {
  const blocked = state.pinTries >= MOST_PIN_TRIES;
  if (argument === '?') {
    if (state.unlocked) return OK('+CPIN: READY');
    return OK(`+CPIN: SIM ${blocked ? 'PUK' : 'PIN'}`);
  }
  if (state.unlocked || blocked) return failed(state, 'CME', blocked ? 12 : 3);
  if (argument === `="${state.parts.pin}"`) {
    state.unlocked = true;
    state.pinTries = 0;
    return OK();
  }
  state.pinTries += 1;
  return failed(state, 'CME', 16);
}

function registration(name: string, argument: string, { registered }: ModemState): AtAnswer {
  return argument === '?' ? OK(`${name}: 0,${registered ? 1 : 2}`) : OK();
}

/** `=mode,mt,bm,ds,bfr` */
function notices(argument: string, state: ModemState): AtAnswer {
  const stores = state.parts.storesReports ?? true;
  if (argument === '=?') return OK(`+CNMI: (0,1,2),(0,1),(0),(0,1${stores ? ',2' : ''}),(0,1)`);
  if (argument === '?') return OK(`+CNMI: 2,${state.messageNotices},0,${state.reportNotices},0`);
  const [, messages = 0, , reports = 0] = argument.slice(1).split(',').map(Number);
  if (messages > 1 || (reports === 2 && !stores)) return failed(state, 'CMS', 303);
  state.messageNotices = messages;
  state.reportNotices = reports;
  return OK();
}

function list(argument: string, state: ModemState): AtAnswer {
  if (argument === '=?') return OK('+CMGL: (0-4)');
  const unread = argument === '=0' || argument === '="REC UNREAD"';
  const places = state.card.list().filter(({ state: read }) => !unread || read === 0);
  return OK(...places.flatMap((place) => shown(`+CMGL: ${place.index},`, place, state)));
}

function shown(
  head: string,
  { state: read, pdu }: { state: 0 | 1; pdu: string },
  state: ModemState,
): string[] {
  if (!state.textMode) return [`${head}${read},,${pdu.length / 2 - 1}`, pdu];
  const word = read === 0 ? 'REC UNREAD' : 'REC READ';
  const received = parse(pdu);
  const encode = state.alphabet === 'UCS2' ? ucs2 : (text: string) => text;
  if (received instanceof Report) return [`${head}"${word}",${reportFields(received)}`];
  if (!(received instanceof Deliver)) return [`${head}"${word}"`];
  const from = `+${(received.address.phone ?? '').replace(/^\+/, '')}`;
  const at = textTime(received.serviceCenterTimeStamp.getIsoString());
  return [`${head}"${word}","${encode(from)}",,"${at}"`, encode(received.data.getText())];
}

/** `fo,mr,to,type,scts,discharge,status`, as `+CDS` has them too. @see 3GPP TS 27.005 §4.2 */
export function reportFields(report: Report): string {
  const { reference, dateTime, discharge, status } = report;
  const to = `+${(report.address.phone ?? '').replace(/^\+/, '')}`;
  const times = [dateTime, discharge].map((time) => `"${textTime(time.getIsoString())}"`);
  return [6, reference, `"${to}"`, 145, ...times, status].join(',');
}

/** `26/11/22,10:05:00+00` */
function textTime(iso: string): string {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T([\d:]{8})/.exec(iso) ?? [];
  return `${year}/${month}/${day},${time}+00`;
}

function ucs2(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
}

export function failed(state: ModemState, kind: 'CME' | 'CMS', error: number): AtAnswer {
  const result = state.numbersErrors || kind === 'CMS' ? `+${kind} ERROR: ${error}` : 'ERROR';
  return { lines: [], result };
}
