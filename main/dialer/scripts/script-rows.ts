import type { CallScript } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';

export type ScriptView = Unbranded<CallScript>;

/** `bodyJson` of a script. */
export interface ScriptBody {
  sample?: boolean;
  sections: ScriptView['sections'];
}

interface Row extends Omit<ScriptView, 'sections' | 'sample'> {
  bodyJson: string;
}

/** Campaigns count while they can still call somebody. */
const SELECT = `SELECT s.id AS scriptId, s.name, s.language, s.debtKind, s.bodyJson,
    (SELECT count(*) FROM campaign c WHERE c.deletedAt IS NULL AND c.status <> 'finished'
       AND json_extract(c.settingsJson, '$.scriptId') = s.id) AS campaigns
  FROM script s WHERE s.deletedAt IS NULL`;

export function listScripts(read: ReadDb): ScriptView[] {
  return read.all<Row>(`${SELECT} ORDER BY s.name, s.language, s.id`).map(toView);
}

export function findScript(read: ReadDb, scriptId: string): ScriptView | undefined {
  const row = read.get<Row>(`${SELECT} AND s.id = ?`, scriptId);
  return row && toView(row);
}

function toView({ bodyJson, ...row }: Row): ScriptView {
  const { sample = false, sections } = JSON.parse(bodyJson) as ScriptBody;
  return { ...row, sample, sections };
}
