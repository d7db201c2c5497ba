import type { WriteContext, WriteDb } from '../../store/types.ts';
import { saveGatewayRow } from './gateway-rows.ts';

/** Writes of gateways, for the writer thread. */
export const gatewayWrites = {
  'gateway.save-row': saveGatewayRow,
  'gateway.set-cursor': (
    db: WriteDb,
    context: WriteContext,
    input: { gatewayId: string; name: string; value: string },
  ): void => {
    db.run(
      `INSERT INTO gatewayCursor (gatewayId, name, value, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (gatewayId, name) DO UPDATE SET value = excluded.value, at = excluded.at`,
      input.gatewayId,
      input.name,
      input.value,
      context.now,
    );
  },
};
