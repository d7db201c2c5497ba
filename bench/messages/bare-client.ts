import { once } from 'node:events';
import { connect } from 'node:net';
import { SmppWire } from '../../main/channels/sms/smpp/index.ts';
import { systemClock } from '../../main/store/index.ts';

const window = 100;
const withinMs = 30_000;

/** The same messages without rules, rows and texts: one bind, a window, receipts acknowledged at once. */
export async function bareMessagesPerSecond(port: number, messages: number): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  let receipts = 0;
  let allReceived = () => {};
  const received = new Promise<void>((resolve) => {
    allReceived = resolve;
  });
  const wire: SmppWire = new SmppWire({
    socket,
    clock: systemClock,
    onRequest(pdu) {
      wire.reply(pdu);
      receipts += 1;
      if (receipts === messages) allReceived();
    },
    onEnd: () => {},
  });
  await wire.request('bind_transceiver', { withinMs, fields: { system_id: 'bare', password: '' } });
  const startedMs = performance.now();
  let next = 0;
  const lanes = Array.from({ length: window }, async () => {
    while (next < messages) {
      const index = next;
      next += 1;
      await wire.request('submit_sm', { withinMs, fields: fieldsOf(index) });
    }
  });
  await Promise.all(lanes);
  await received;
  const perSecond = (messages * 1_000) / (performance.now() - startedMs);
  await wire.request('unbind', { withinMs });
  wire.destroy();
  return perSecond;
}

function fieldsOf(index: number) {
  const text = `B${String(index).padStart(6, '0')} Dluznik ${index}: 100,00 zl. Rezygnacja: STOP`;
  return {
    source_addr_ton: 5,
    source_addr: 'BENCH',
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: `48100${String(index).padStart(6, '0')}`,
    registered_delivery: 1,
    short_message: Buffer.from(text, 'latin1'),
  };
}
