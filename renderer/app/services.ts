import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ShellBridge as PreloadBridge } from '#shared/contract/shell-bridge.ts';
import type { Clock } from '#shared/util/index.ts';
import type {
  AgentView,
  AppView,
  CallView,
  CampaignsView,
  ConnectionView,
  ContractClient,
  Draft,
  Stores,
} from '../stores/index.ts';
import { emptyDraft } from '../stores/index.ts';
import type { Phone } from '../telephony/phone-port.ts';
import type { Preferences, PreferenceValues } from './preferences.ts';

/** Everything a screen may use. Built once in `boot.tsx`; tests and the harness build it with fakes. */
export interface Services {
  client: ContractClient;
  stores: Stores;
  preferences: Preferences;
  phone: Phone;
  clock: Clock;
  shell: ShellBridge;
}

/** What only a shell can do; in a browser all of it is absent. */
export type ShellBridge =
  | ({ kind: 'browser' } & Partial<Omit<PreloadBridge, 'kind'>>)
  | PreloadBridge;

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('no ServicesContext above this component');
  return services;
}

export const useApp = <Part>(select: (view: AppView) => Part): Part =>
  useStore(useServices().stores.app, select);
export const useAgent = <Part>(select: (view: AgentView) => Part): Part =>
  useStore(useServices().stores.agent, select);
export const useCall = <Part>(select: (view: CallView) => Part): Part =>
  useStore(useServices().stores.call, select);
export const useCampaigns = <Part>(select: (view: CampaignsView) => Part): Part =>
  useStore(useServices().stores.campaigns, select);
export const useConnection = <Part>(select: (view: ConnectionView) => Part): Part =>
  useStore(useServices().stores.connection, select);
/** False while the person's line, if there is one, is in another window. */
export const useLineHere = (): boolean =>
  useStore(useServices().phone.store, (view) => view.line.kind !== 'none');
export const useDraft = (key: string): Draft =>
  useStore(useServices().stores.drafts.store, (view) => view.byKey[key] ?? emptyDraft);

/** One preference of this person and how to change it. */
export function usePreference<Key extends keyof PreferenceValues & string>(
  name: Key,
  initial: PreferenceValues[Key],
): [PreferenceValues[Key], (value: PreferenceValues[Key]) => void] {
  const { preferences } = useServices();
  useApp((view) => view.preferences[name]);
  return [preferences.get(name) ?? initial, (value) => preferences.set(name, value)];
}
