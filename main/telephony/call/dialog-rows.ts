import type { ReadDb } from '../../store/types.ts';
import type { DialogIdentity } from '../sip/types.ts';

/** Columns of a `dialog` row from what SIP knows of it. */
export function dialogColumns(identity: DialogIdentity): Record<string, unknown> {
  return {
    sipCallId: identity.sipCallId,
    localTag: identity.localTag,
    remoteTag: identity.remoteTag,
    branch: identity.branch,
    localCseq: identity.localCseq,
    localUri: identity.localUri,
    remoteUri: identity.remoteUri,
    requestUri: identity.requestUri,
    remoteTarget: identity.remoteTarget,
    routeSetJson: JSON.stringify(identity.routeSet),
    localContact: identity.localContact,
    peerHost: identity.peerHost,
    peerPort: identity.peerPort,
    confirmed: identity.confirmed ? 1 : 0,
  };
}

export interface OrphanDialog {
  dialogId: string;
  trunkId: string | null;
  identity: DialogIdentity;
}

interface DialogRow {
  id: string;
  trunkId: string | null;
  sipCallId: string;
  localTag: string;
  remoteTag: string | null;
  branch: string | null;
  localCseq: number;
  localUri: string;
  remoteUri: string;
  requestUri: string;
  remoteTarget: string | null;
  routeSetJson: string;
  localContact: string;
  peerHost: string;
  peerPort: number;
  confirmed: number;
}

/** Dialogs that an earlier run of the engine left open. */
export function unfinishedDialogs(db: ReadDb): OrphanDialog[] {
  return db
    .all<DialogRow>(
      `SELECT id, trunkId, sipCallId, localTag, remoteTag, branch, localCseq, localUri, remoteUri, requestUri,
        remoteTarget, routeSetJson, localContact, peerHost, peerPort, confirmed
        FROM dialog WHERE endedAt IS NULL AND role IN ('trunkOut','trunkIn')`,
    )
    .map((row) => ({
      dialogId: row.id,
      trunkId: row.trunkId,
      identity: {
        sipCallId: row.sipCallId,
        localTag: row.localTag,
        remoteTag: row.remoteTag,
        branch: row.branch ?? '',
        localCseq: row.localCseq,
        localUri: row.localUri,
        remoteUri: row.remoteUri,
        requestUri: row.requestUri,
        remoteTarget: row.remoteTarget,
        routeSet: JSON.parse(row.routeSetJson) as string[],
        localContact: row.localContact,
        peerHost: row.peerHost,
        peerPort: row.peerPort,
        confirmed: row.confirmed === 1,
      },
    }));
}
