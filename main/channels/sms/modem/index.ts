import type { AdapterKind } from '../../types.ts';
import type { OpenLine } from './line/byte-line.ts';
import { openLine } from './line/open-line.ts';
import { ModemAdapter } from './modem-adapter.ts';
import { testModem } from './test-modem.ts';

export type { ByteLine, ByteLineEvents, OpenLine } from './line/byte-line.ts';
export { listSerialPorts } from './line/list-ports.ts';

/** A GSM modem at a serial port, or at one on the network. */
export const modemAdapter: AdapterKind<'modem'> = createModemAdapterKind(openLine);

/** With another way to reach the modem, for tests. */
export function createModemAdapterKind(open: OpenLine): AdapterKind<'modem'> {
  return {
    kind: 'modem',
    create: (parts) => new ModemAdapter(parts, open),
    test: (parts, message) => testModem(parts, message, open),
  };
}
