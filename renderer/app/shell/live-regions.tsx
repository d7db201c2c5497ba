import { useStore } from 'zustand';
import { announcements } from '../announcer.ts';

/** What assistive technology is told; empty for everyone else. */
export function LiveRegions() {
  const { polite, assertive } = useStore(announcements);
  return (
    <div className="visually-hidden">
      <div aria-live="polite">
        <span key={polite.id}>{polite.text}</span>
      </div>
      <div aria-live="assertive">
        <span key={assertive.id}>{assertive.text}</span>
      </div>
    </div>
  );
}
