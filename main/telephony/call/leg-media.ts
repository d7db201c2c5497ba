import { AppError } from '#shared/errors/index.ts';
import { buildTrunkAnswer, parseTrunkSdp, type TrunkRemote } from '../media/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { TrunkMedia } from './types.ts';

/** Tells the media process where the far end listens; a media process that died meanwhile is not an error here. */
export function applyRemote(media: MediaPort, legId: string, remote: TrunkRemote): void {
  media
    .request('setTrunkRemote', {
      legId,
      host: remote.host,
      port: remote.port,
      payloadType: remote.payloadType,
      ...(remote.telephoneEventPayloadType === undefined
        ? {}
        : { telephoneEventPayloadType: remote.telephoneEventPayloadType }),
      direction: remote.direction,
    })
    .catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
}

/**
 * Answers a later offer of the far end (hold, moved media) for a leg that is open at `local`.
 * @throws AppError `telephony.bad-sdp`
 */
export function answerOffer(
  media: MediaPort,
  legId: string,
  local: { host: string; port: number },
  codecs: TrunkMedia['codecs'],
  offerSdp: string,
): string {
  const remote = parseTrunkSdp(offerSdp);
  if (!remote.ok) throw new AppError('telephony.bad-sdp', remote.error.message);
  applyRemote(media, legId, remote.value);
  return buildTrunkAnswer(offerSdp, { ...local, codecs });
}

/** Opens the RTP socket of a leg and says which address the far end should see. */
export async function openLegSocket(
  media: MediaPort,
  legId: string,
  settings: TrunkMedia,
): Promise<{ host: string; port: number }> {
  const opened = await media.request('openTrunkLeg', {
    legId,
    bindHost: settings.bindHost,
    ...(settings.stun ? { stun: settings.stun } : {}),
  });
  return {
    host: opened.publicAddress?.host ?? settings.publicHost ?? opened.host,
    port: opened.publicAddress?.port ?? opened.port,
  };
}

/** Closes the socket; the media process may have died first, then it is closed already. */
export function closeLegSocket(media: MediaPort, legId: string): void {
  media.request('closeTrunkLeg', { legId }).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}
