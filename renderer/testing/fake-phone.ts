import { createStore } from 'zustand/vanilla';
import type { Phone, PhoneView } from '../telephony/phone-port.ts';

export const idlePhone: PhoneView = {
  registration: { kind: 'registered' },
  line: { kind: 'up', nonce: '0'.repeat(32) },
  microphone: 'ready',
  quality: { roundTripMs: 32, jitterMs: 4, lossPercent: 0, mos: 4.3 },
  microphones: [{ deviceId: 'default', label: 'Headset' }],
  speakers: [{ deviceId: 'default', label: 'Headset' }],
};

/** A softphone without sound: states are set by hand, levels stand still. */
export class FakePhone implements Phone {
  readonly store = createStore<PhoneView>(() => idlePhone);
  readonly done: string[] = [];
  #level: number;

  constructor(levelDbfs = -24) {
    this.#level = levelDbfs;
  }

  async goReady(): Promise<void> {
    this.done.push('goReady');
  }
  async notReady(): Promise<void> {
    this.done.push('notReady');
  }
  async leave(): Promise<void> {
    this.done.push('leave');
  }
  async retryMicrophone(): Promise<void> {
    this.store.setState({ microphone: 'ready' });
  }
  levelDbfs(direction: 'microphone' | 'remote'): number {
    return direction === 'microphone' ? this.#level : this.#level - 8;
  }
  startRinging(): void {
    this.done.push('startRinging');
  }
  stopRinging(): void {
    this.done.push('stopRinging');
  }
  async applyAudioChoices(): Promise<void> {
    this.done.push('applyAudioChoices');
  }
}
