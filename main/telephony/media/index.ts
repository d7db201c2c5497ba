export {
  loadDataChannelLibrary,
  makeDataChannelTransport,
} from './agent/data-channel-transport.ts';
export { startFrameClock } from './frame-clock.ts';
export {
  createMediaProcess,
  type MediaLogger,
  type MediaProcess,
  type MediaProcessOptions,
} from './media-process.ts';
export * from './media-protocol.ts';
export { LineSender } from './rtp/line-sender.ts';
export { PlayoutQueue } from './rtp/playout-queue.ts';
export { ReceptionStatistics } from './rtp/reception-statistics.ts';
export { isRtcp, parseRtp, type RtpPacket, writeRtp } from './rtp/rtp-packet.ts';
export {
  digitOfEvent,
  eventOfDigit,
  parseTelephoneEvent,
  type TelephoneEvent,
  writeTelephoneEvent,
} from './rtp/telephone-event.ts';
export { type DecodedDigit, TelephoneEventDecoder } from './rtp/telephone-event-decoder.ts';
export { TelephoneEventEncoder } from './rtp/telephone-event-encoder.ts';
export {
  answerDirection,
  buildTrunkAnswer,
  buildTrunkOffer,
  type MediaDirection,
  OFFERED_TELEPHONE_EVENT,
  type OwnTrunkMedia,
  parseTrunkSdp,
  readTrunkAnswer,
  type TrunkRemote,
  type TrunkSdp,
} from './sdp/trunk-sdp.ts';
export { serveMedia } from './serve-media.ts';
export { DtmfSource } from './sound/dtmf-source.ts';
export {
  A_LAW_DECODE,
  aLawToMuLaw,
  decodeMuLaw,
  encodeMuLaw,
  FRAME_MS,
  FRAME_SAMPLES,
  MU_LAW_DECODE,
  muLawToALaw,
  SILENT_FRAME,
} from './sound/g711.ts';
export type { SoundSource } from './sound/sound-source.ts';
export { toneLevelDbfs } from './sound/tone-level.ts';
export { ToneSource } from './sound/tone-source.ts';
export { BytesSource, muLawFromWav } from './sound/wav-file.ts';
