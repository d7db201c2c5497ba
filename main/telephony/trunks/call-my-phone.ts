import type { CommandOutput } from '#shared/contract/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { OutgoingLeg, type Player, type Prompts, type TrunkGate } from '../call/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { SipFinal } from '../sip/types.ts';

export type AudioTestReport = CommandOutput<'telephony.call-my-phone'>;

export interface AudioTestPorts {
  media: MediaPort;
  trunks: TrunkGate;
  player: Player;
  prompts: Prompts;
  clock: Clock;
  idSource: IdSource;
}

export interface AudioTestRequest {
  trunkId: string;
  /** E.164 of a staff phone */
  to: string;
  callerId: string;
  language: string;
}

const RING_MS = 45_000;
const LISTEN_MS = 8_000;
/** louder than the noise of an open line */
const HEARD_DBFS = -50;

/**
 * Calls a phone of the firm, says "press 1 if you hear me", and listens: the key proves that we are heard, the sound
 * proves that we hear.
 */
export async function callMyPhone(
  ports: AudioTestPorts,
  request: AudioTestRequest,
): Promise<AudioTestReport> {
  const legId = ports.idSource.next();
  let key = false;
  const stopListening = ports.media.onEvent((event) => {
    if (event.type === 'dtmf' && 'legId' in event.from && event.from.legId === legId) key = true;
  });
  try {
    const { leg, answer } = dial(ports, request, legId);
    const final = await answer;
    if (final !== null) return notAnswered(final);
    const weHeard = await converse(ports, request, legId, () => key);
    await leg.hangUp();
    return {
      answered: true,
      heardUs: key ? 'yes' : 'no',
      weHeard,
      sipStatus: 200,
      finding: key && weHeard ? 'audio.both-ways' : finding(key, weHeard),
    };
  } finally {
    stopListening();
  }
}

/** `answer` resolves with null when the phone was picked up, else with the final response. */
function dial(
  ports: AudioTestPorts,
  request: AudioTestRequest,
  legId: string,
): { leg: OutgoingLeg; answer: Promise<SipFinal | null> } {
  let settle: (final: SipFinal | null) => void = () => {};
  const answer = new Promise<SipFinal | null>((resolve) => {
    settle = resolve;
  });
  const leg = new OutgoingLeg(
    ports,
    { legId, trunkId: request.trunkId, number: request.to, callerId: request.callerId },
    {
      // A test call belongs to no debtor: there is nothing to keep of it but the audit entry.
      beforeSend: async () => {},
      onRinging: () => {},
      onAnswered: () => settle(null),
      onFailed: (final) => settle(final),
      onEnded: () => settle(null),
    },
  );
  const cancel = ports.clock.setTimer(RING_MS, () => void leg.hangUp());
  void answer.then(cancel);
  void leg.dial();
  return { leg, answer };
}

/** @returns whether sound came from the phone */
async function converse(
  ports: AudioTestPorts,
  request: AudioTestRequest,
  legId: string,
  pressed: () => boolean,
): Promise<boolean> {
  const target = { legId };
  await ports.media.request('measure', { target });
  await ports.player.playToLeg(legId, ports.prompts.file('audio-test', request.language));
  const deadline = ports.clock.monotonic() + LISTEN_MS;
  let heard = false;
  while (ports.clock.monotonic() < deadline && !(heard && pressed())) {
    await new Promise<void>((resolve) => ports.clock.setTimer(250, resolve));
    const measured = await ports.media.request('measure', { target });
    heard ||= measured.packets > 0 && measured.levelDbfs > HEARD_DBFS;
  }
  return heard;
}

function notAnswered(final: SipFinal): AudioTestReport {
  return {
    answered: false,
    heardUs: 'unknown',
    weHeard: false,
    sipStatus: final.status,
    finding: final.status === 0 ? 'trunk.no-answer' : 'audio.not-answered',
  };
}

function finding(key: boolean, weHeard: boolean): string {
  if (key) return 'audio.we-hear-nothing';
  return weHeard ? 'audio.no-key' : 'audio.silent';
}
