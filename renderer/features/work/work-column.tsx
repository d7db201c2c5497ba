import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames, SideSheet } from '../../components/index.ts';
import { AccessRequestSheet, ErasureSheet } from '../documents/index.ts';
import { MessageSheet } from '../messages/message-sheet.tsx';
import { BlockSheet } from './block-sheet.tsx';
import { CallbackSheet } from './callback-sheet.tsx';
import { ConsentSheet } from './consent-sheet.tsx';
import { ContactPointSheet } from './contact-point-sheet.tsx';
import { DocumentSheet } from './document-sheet.tsx';
import { FlagSheet } from './flag-sheet.tsx';
import { LetterSheet } from './letter-sheet.tsx';
import { MergeSheet } from './merge-sheet.tsx';
import { NoteSheet } from './note-sheet.tsx';
import { NoticeSheet } from './notice-sheet.tsx';
import { PaymentSheet } from './payment-sheet.tsx';
import { PlaceSheet } from './place-sheet.tsx';
import { PlanSheet } from './plan-sheet.tsx';
import { PromiseSheet } from './promise-sheet.tsx';
import { RelationSheet } from './relation-sheet.tsx';
import styles from './work-column.module.css';
import { useWork, type Work, type WorkSheet } from './work-context.ts';
import { WriteOffSheet } from './write-off-sheet.tsx';

/** The column beside the card: what happened, and over it the form that is open. Never over the call. */
export function WorkColumn({
  className,
  children,
}: {
  className?: string | undefined;
  children: ReactNode;
}) {
  const work = useWork();
  return (
    <div className={classNames(styles.column, className)} ref={work?.setContainer}>
      {children}
      {work ? <OpenSheet work={work} /> : null}
    </div>
  );
}

function OpenSheet({ work }: { work: Work }) {
  const { t } = useTranslation();
  const { opened } = work;
  return (
    <SideSheet
      key={sheetKey(opened)}
      open={opened !== null}
      onClose={work.close}
      title={opened === null ? '' : t(titles[opened.kind])}
      container={work.container}
      focusFirst
      wide={opened !== null && wideSheets.has(opened.kind)}
    >
      {opened === null ? null : <SheetContent work={work} sheet={opened} />}
    </SideSheet>
  );
}

/** A sheet that is opened anew for something else is another one. */
function sheetKey(sheet: WorkSheet | null): string | undefined {
  switch (sheet?.kind) {
    case 'flag':
      return `flag ${sheet.explain ?? ''}`;
    case 'sms':
    case 'mms':
    case 'email':
      return `${sheet.kind} ${sheet.contactPointId ?? ''}`;
    default:
      return sheet?.kind;
  }
}

/** letters are read, and two debtors stand side by side */
const wideSheets: ReadonlySet<WorkSheet['kind']> = new Set([
  'letter',
  'document',
  'merge',
  'email',
]);

const titles: Record<WorkSheet['kind'], string> = {
  promise: 'work.title-promise',
  plan: 'work.title-plan',
  payment: 'work.title-payment',
  callback: 'work.title-callback',
  flag: 'work.title-flag',
  note: 'note.label',
  merge: 'work.title-merge',
  consent: 'work.title-consent',
  writeOff: 'work.title-write-off',
  contactPoint: 'work.title-contact-point',
  block: 'work.title-block',
  place: 'work.title-place',
  notice: 'work.title-notice',
  relation: 'work.title-relation',
  letter: 'work.title-letter',
  document: 'work.title-document',
  accessRequest: 'work.access-request',
  erasure: 'work.erasure',
  sms: 'message.title-sms',
  mms: 'message.title-mms',
  email: 'message.title-email',
};

function SheetContent({ work, sheet }: { work: Work; sheet: WorkSheet }) {
  switch (sheet.kind) {
    case 'promise':
      return <PromiseSheet work={work} />;
    case 'plan':
      return <PlanSheet work={work} />;
    case 'payment':
      return <PaymentSheet work={work} />;
    case 'callback':
      return <CallbackSheet work={work} />;
    case 'flag':
      return <FlagSheet work={work} explain={sheet.explain} />;
    case 'note':
      return <NoteSheet work={work} />;
    case 'merge':
      return <MergeSheet work={work} />;
    case 'consent':
      return <ConsentSheet work={work} />;
    case 'letter':
      return <LetterSheet work={work} />;
    case 'document':
      return <DocumentSheet work={work} documentId={sheet.documentId} />;
    case 'accessRequest':
      return <AccessRequestSheet debtorId={work.card.debtorId} language={work.card.language} />;
    case 'erasure':
      return <ErasureSheet debtorId={work.card.debtorId} />;
    case 'writeOff':
      return <WriteOffSheet work={work} debtId={sheet.debtId} />;
    case 'block':
      return <BlockSheet work={work} contactPointId={sheet.contactPointId} />;
    case 'place':
      return <PlaceSheet work={work} />;
    case 'notice':
      return <NoticeSheet work={work} />;
    case 'contactPoint':
      return <ContactPointSheet work={work} />;
    case 'sms':
    case 'mms':
    case 'email':
      return (
        <MessageSheet
          work={work}
          channel={sheet.kind}
          contactPointId={sheet.contactPointId}
          subject={sheet.subject}
        />
      );
    case 'relation':
      return <RelationSheet work={work} relationId={sheet.relationId} />;
  }
}
