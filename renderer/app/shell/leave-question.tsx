import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Confirm } from '../../components/confirm.tsx';
import { leaveAnyway, leaveGuards, stay } from '../leave-guard.ts';

/** Asks before a page with something unsaved is left; goes on to where the person wanted to go. */
export function LeaveQuestion() {
  const { t } = useTranslation();
  const wanted = useStore(leaveGuards, (view) => view.wanted);
  return (
    <Confirm
      open={wanted !== null}
      destructive
      title={t('leave.title')}
      text={t('leave.text')}
      action={t('leave.action')}
      onConfirm={() => {
        const hash = leaveAnyway();
        if (hash !== null) location.hash = hash;
      }}
      onCancel={stay}
    />
  );
}
