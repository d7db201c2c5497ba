import type { MessageSettings } from '#shared/contract/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { saveGatewayRow } from './gateway-rows.ts';
import { MESSAGE_SETTING } from './setting-name.ts';

/** Writes of gateways, for the writer thread. */
export const gatewayWrites = {
  'gateway.save-row': saveGatewayRow,
  'gateway.remove-row': (
    db: WriteDb,
    _context: WriteContext,
    { gatewayId }: { gatewayId: string },
  ): void => {
    // its secrets go at once
    db.update('gateway', gatewayId, { secret: null, enabled: 0 });
    db.remove('gateway', gatewayId);
  },
  'gateway.set-message-settings': (
    db: WriteDb,
    context: WriteContext,
    settings: MessageSettings,
  ): void => {
    const columns = { valueJson: JSON.stringify(settings), updatedAt: context.now };
    if (db.get('SELECT 1 FROM setting WHERE id = ?', MESSAGE_SETTING) === undefined)
      db.insert('setting', { id: MESSAGE_SETTING, ...columns });
    else db.update('setting', MESSAGE_SETTING, columns);
  },
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
