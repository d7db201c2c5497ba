import { useStore } from 'zustand';
import { useServices } from '../../app/services.ts';

export interface FormDraft<Value> {
  value: Value;
  change: (part: Partial<Value>) => void;
  /** it was saved or thrown away */
  clear: () => void;
  /** something is typed that is not saved */
  begun: boolean;
}

/**
 * What is typed in one form about one debtor. It outlives the form, the call and the window, until it is saved or
 * thrown away.
 * @param name of the form; several may be begun at once
 * @param initial what an untouched form shows; also fills what a draft of an older version lacks
 */
export function useFormDraft<Value extends object>(
  draftKey: string,
  name: string,
  initial: Value,
  title: string,
): FormDraft<Value> {
  const { stores } = useServices();
  const stored = useStore(stores.drafts.store, (view) => view.byKey[draftKey]?.forms?.[name]);
  const begun = typeof stored === 'object' && stored !== null;
  const value = begun ? { ...initial, ...(stored as Partial<Value>) } : initial;
  return {
    value,
    begun,
    change: (part) => {
      const now = stores.drafts.get(draftKey).forms?.[name] as Partial<Value> | undefined;
      stores.drafts.changeForm(draftKey, name, { ...initial, ...now, ...part }, title);
    },
    clear: () => stores.drafts.changeForm(draftKey, name, null),
  };
}
