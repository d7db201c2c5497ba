import type { SipSocket } from '../../telephony/sip/index.ts';

/** A socket with no network: what is sent is kept, what arrives is put in by hand. */
export class FakeSipSocket implements SipSocket {
  readonly localHost = '127.0.0.1';
  readonly localPort = 5060;
  onPacket: SipSocket['onPacket'] = null;
  readonly sent: string[] = [];

  send(packet: Uint8Array): void {
    this.sent.push(Buffer.from(packet).toString('utf8'));
  }

  arrive(text: string, from = { host: '127.0.0.1', port: 5080 }): void {
    this.onPacket?.(Buffer.from(text), from);
  }

  async close(): Promise<void> {}
}
