import { type BulkAction, bulkAction } from '#shared/contract/index.ts';
import { fromLocalField } from '../../app/format/index.ts';

export type BulkKind = BulkAction['kind'];
export const bulkKinds: readonly BulkKind[] = [
  'addToCampaign',
  'setHold',
  'liftHold',
  'callback',
  'note',
  'recordNotice',
];

/** What a person has said of an action so far, as it stands in the fields. */
export interface BulkDraft {
  campaignId: string;
  hold: string;
  /** last day, `YYYY-MM-DD`; '' until it is lifted */
  until: string;
  reason: string;
  /** of a `datetime-local` field */
  at: string;
  personId: string;
  text: string;
  notice: string;
  /** `YYYY-MM-DD` */
  sentOn: string;
  source: string;
}

export const emptyBulkDraft: BulkDraft = {
  campaignId: '',
  hold: '',
  until: '',
  reason: '',
  at: '',
  personId: '',
  text: '',
  notice: '',
  sentOn: '',
  source: '',
};

/** The action that the fields make, or null while something is missing. */
export function bulkActionOf(kind: BulkKind, draft: BulkDraft): BulkAction | null {
  const made = bulkAction.safeParse(rawAction(kind, draft));
  return made.success ? made.data : null;
}

function rawAction(kind: BulkKind, draft: BulkDraft): unknown {
  switch (kind) {
    case 'addToCampaign':
      return { kind, campaignId: draft.campaignId };
    case 'setHold': {
      // the whole of the last day counts
      const until = draft.until === '' ? null : new Date(`${draft.until}T23:59:59`).getTime();
      return {
        kind,
        hold: draft.hold,
        ...(until === null || Number.isNaN(until) ? {} : { until }),
        ...(draft.reason.trim() === '' ? {} : { reason: draft.reason }),
      };
    }
    case 'liftHold':
      return { kind, hold: draft.hold };
    case 'callback':
      return {
        kind,
        at: fromLocalField(draft.at),
        ...(draft.personId === '' ? {} : { personId: draft.personId }),
      };
    case 'note':
      return { kind, text: draft.text };
    case 'recordNotice':
      return { kind, notice: draft.notice, sentOn: draft.sentOn, source: draft.source };
  }
}
