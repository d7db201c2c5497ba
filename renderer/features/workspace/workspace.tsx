import { useTranslation } from 'react-i18next';
import { useAgent, useCall } from '../../app/services.ts';
import { EmptyState, Phone } from '../../components/index.ts';
import {
  DebtorCardView,
  History,
  shapeOf,
  useVeil,
  VeiledCardView,
  VeiledHistory,
} from '../debtor-card/index.ts';
import { NoteComposer } from '../note/index.ts';
import { WorkArea, WorkColumn } from '../work/index.ts';
import { ActionBar } from './action-bar.tsx';
import { Agreed } from './agreed.tsx';
import { BetweenCalls } from './between-calls.tsx';
import { CallPanel } from './call-panel.tsx';
import { draftKeyOf } from './draft-key.ts';
import { OfferWorkspace } from './offer-workspace.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import { PaintMark } from './paint-mark.tsx';
import { PartyLine } from './party-line.tsx';
import { PartyPanel } from './party-panel.tsx';
import { Standby } from './standby.tsx';
import styles from './workspace.module.css';

/** The page an agent lives in: call at the left, the debtor in the middle, the history at the right. */
export function Workspace() {
  const call = useCall((view) => view.current);
  const card = useCall((view) => view.card);
  const offer = useAgent((view) => view.offer);
  const { veil, shown } = useVeil(card);
  const { t } = useTranslation();

  if (call === null && offer !== null) {
    return <OfferWorkspace key={offer.entryId} offer={offer} />;
  }
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
    <WorkArea card={shown} draftKey={draftKey} veiled={veil !== 'open'} withOutcome hasNote>
      <div className={styles.workspace}>
        <div className={styles.left}>
          <CallPanel call={call} />
          {card ? <PartyLine call={call} /> : null}
          {ended ? (
            <OutcomePanel call={call} card={shown} draftKey={draftKey} veil={veil} />
          ) : (
            <Agreed card={shown} draftKey={draftKey} veiled={veil !== 'open'} />
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
          {card && shown ? (
            veil === 'open' ? (
              <DebtorCardView card={card} obligations={ended ? null : call.obligations} />
            ) : (
              <VeiledCardView
                shown={shown}
                shape={shapeOf(card)}
                veil={veil}
                obligations={ended ? null : call.obligations}
              >
                <PartyPanel call={call} />
              </VeiledCardView>
            )
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
            {veil === 'open' ? <History card={card} /> : <VeiledHistory card={card} />}
          </WorkColumn>
        ) : (
          <div className={styles.emptyRight} />
        )}
        <ActionBar call={call} />
      </div>
    </WorkArea>
  );
}
