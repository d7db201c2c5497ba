import { useEffect, useId } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** One line of the command palette. */
export interface PaletteCommand {
  id: string;
  label: string;
  shortcut?: string;
  run: () => void;
}

export interface PaletteView {
  open: boolean;
  /** what components on the screen offer, by component */
  offered: Record<string, readonly PaletteCommand[]>;
}

export const palette: StoreApi<PaletteView> = createStore<PaletteView>(() => ({
  open: false,
  offered: {},
}));

/** Offers commands to the palette while the component is on the screen. Keep the array stable with `useMemo`. */
export function useCommands(commands: readonly PaletteCommand[]): void {
  const id = useId();
  useEffect(() => {
    palette.setState(({ offered }) => ({ offered: { ...offered, [id]: commands } }));
    return () =>
      palette.setState(({ offered }) => {
        const { [id]: _, ...others } = offered;
        return { offered: others };
      });
  }, [id, commands]);
}
