import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { useCall } from '../../app/services.ts';
import { EmptyState, Phone } from '../../components/index.ts';
import type { Obligation } from '../debtor-card/debtor-card-view.tsx';
import { DebtorCardView, History } from '../debtor-card/index.ts';
import { NoteComposer } from '../note/index.ts';
import { WorkArea, WorkColumn } from '../work/index.ts';
import { ActionBar } from './action-bar.tsx';
import { Agreed } from './agreed.tsx';
import { BetweenCalls } from './between-calls.tsx';
import { CallPanel } from './call-panel.tsx';
import { draftKeyOf } from './draft-key.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { PaintMark } from './paint-mark.tsx';
import { Standby } from './standby.tsx';
import styles from './workspace.module.css';

/** The page an agent lives in: call at the left, the debtor in the middle, the history at the right. */
export function Workspace() {
  const call = useCall((view) => view.current);
  const card = useCall((view) => view.card);
  const { t } = useTranslation();

  if (call === null) {
    return (
      <div className={styles.between}>
        <h1 className="visually-hidden">{t('nav.workspace')}</h1>
        <Standby />
        <BetweenCalls />
      </div>
    );
  }
  const draftKey = draftKeyOf(call);
  const ended = call.state === 'ended';
  const title = card?.displayName ?? call.number ?? t('call.unknown-caller');
  return (
    <WorkArea card={card} draftKey={draftKey} withOutcome hasNote>
      <div className={styles.workspace}>
        <div className={styles.left}>
          <CallPanel call={call} />
          {ended ? (
            <OutcomePanel call={call} card={card} draftKey={draftKey} />
          ) : (
            <Agreed card={card} draftKey={draftKey} />
          )}
          <NoteComposer
            key={draftKey}
            draftKey={draftKey}
            debtorId={call.debtorId}
            title={title}
            inWrapUp={ended}
          />
        </div>
        <div className={styles.middle}>
          {card ? (
            <DebtorCardView card={card} obligations={obligationsOf(call.recording, ended)} />
          ) : (
            <EmptyState
              heading
              title={call.number ? t('call.unknown-caller') : t('call.withheld-number')}
              text={t('call.no-card')}
              action={call.number ? <Phone number={call.number} /> : null}
            />
          )}
          {card ? <PaintMark callId={call.callId} /> : null}
        </div>
        {card ? (
          <WorkColumn className={styles.right}>
            <History card={card} />
          </WorkColumn>
        ) : (
          <div className={styles.emptyRight} />
        )}
        <ActionBar call={call} />
      </div>
    </WorkArea>
  );
}

// always the same arrays, so that the card is not drawn again for them
const nothingToSay: readonly Obligation[] = [];
const caller: readonly Obligation[] = ['identifyCaller'];
const callerAndRecording: readonly Obligation[] = ['identifyCaller', 'announceRecording'];

/** Who is calling is always said; that it is recorded, when it is or will be. */
function obligationsOf(recording: Call['recording'], ended: boolean): readonly Obligation[] {
  if (ended) return nothingToSay;
  return recording === 'on' || recording === 'waiting' ? callerAndRecording : caller;
}
