import type { StoreApi } from 'zustand/vanilla';
import type { LineState } from './line-machine.ts';
import type { RegistrationState } from './registration-machine.ts';

export type MicrophoneState =
  /** not asked for yet */
  | 'unasked'
  | 'ready'
  /** the person or the system refused it */
  | 'denied'
  /** none is plugged in */
  | 'absent'
  /** another program holds it, or the driver failed */
  | 'failed';

export interface LineQuality {
  roundTripMs: number | null;
  jitterMs: number | null;
  /** of the packets expected in the last interval */
  lossPercent: number | null;
  /** estimated mean opinion score, 1–4.5 */
  mos: number | null;
}

export interface AudioDevice {
  deviceId: string;
  label: string;
}

/** What the screens may know of the softphone. */
export interface PhoneView {
  registration: RegistrationState;
  line: LineState;
  microphone: MicrophoneState;
  quality: LineQuality | null;
  microphones: readonly AudioDevice[];
  speakers: readonly AudioDevice[];
}

/** The softphone as screens use it; sip.js and WebRTC stay behind it. */
export interface Phone {
  store: StoreApi<PhoneView>;
  /**
   * Makes the agent ready: microphone, registration, nonce, `agent.ready`.
   * @throws AppError of the contract, or `phone.no-microphone`, `phone.not-registered`
   */
  goReady(): Promise<void>;
  /** no further calls, the line stays */
  notReady(): Promise<void>;
  /** ends the line */
  leave(): Promise<void>;
  /** asks for the microphone again, after the person has allowed or plugged in one */
  retryMicrophone(): Promise<void>;
  /** level of one direction, dBFS RMS of the last 20 ms or so; −100 is silence. Cheap: called for every frame drawn. */
  levelDbfs(direction: 'microphone' | 'remote'): number;
  startRinging(): void;
  stopRinging(): void;
  /** applies changed device and processing choices from the preferences */
  applyAudioChoices(): Promise<void>;
}
