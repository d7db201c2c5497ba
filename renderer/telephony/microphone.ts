import type { AudioDevice, MicrophoneState } from './phone-port.ts';

export interface MicrophoneChoice {
  /** '' = the system's default */
  deviceId: string;
  echoCancellation: boolean;
  noiseSuppression: boolean;
}

/** Why the microphone could not be had, from what getUserMedia says. */
export function failureOf(error: unknown): Exclude<MicrophoneState, 'unasked' | 'ready'> {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent';
  return 'failed';
}

/** @throws DOMException of getUserMedia; see `failureOf` */
export async function captureMicrophone(choice: MicrophoneChoice): Promise<MediaStream> {
  const audio: MediaTrackConstraints = {
    echoCancellation: choice.echoCancellation,
    noiseSuppression: choice.noiseSuppression,
    autoGainControl: choice.noiseSuppression,
    channelCount: 1,
  };
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: choice.deviceId ? { ...audio, deviceId: { exact: choice.deviceId } } : audio,
    });
  } catch (error) {
    if (!choice.deviceId || failureOf(error) !== 'absent') throw error;
    // the chosen headset is not plugged in today: better another microphone than none
    return navigator.mediaDevices.getUserMedia({ audio });
  }
}

export async function listDevices(): Promise<{
  microphones: AudioDevice[];
  speakers: AudioDevice[];
}> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const ofKind = (kind: MediaDeviceKind): AudioDevice[] =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }));
  return { microphones: ofKind('audioinput'), speakers: ofKind('audiooutput') };
}
