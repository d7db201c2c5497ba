import type { CommandOutput } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import type { ContactPointRow } from './contact-point-rows.ts';

type Version = Unbranded<CommandOutput<'contact-point.history'>>['versions'][number];

/** What a contact point was before each correction, newest first. */
export function loadVersions(read: ReadDb, contactPointId: string): Version[] {
  return read
    .all<Pick<Version, 'at' | 'agentName' | 'reason'> & { beforeJson: string }>(
      `SELECT v.at, p.displayName AS agentName, v.reason, v.beforeJson FROM contactPointVersion v
       LEFT JOIN person p ON p.id = v.personId WHERE v.contactPointId = ? ORDER BY v.at DESC, v.id DESC`,
      contactPointId,
    )
    .map(({ beforeJson, ...version }) => {
      const before = JSON.parse(beforeJson) as Omit<ContactPointRow, 'id' | 'debtorId'>;
      const { kind, value, status, label, speakTo } = before;
      return { ...version, kind, value, status, label, speakTo } as Version;
    });
}
