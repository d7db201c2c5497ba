export type { ConnectionState, RefusalCode } from './connection-machine.ts';
export {
  type ContractClient,
  type ContractClientOptions,
  createContractClient,
  type EngineWelcome,
  type SendOptions,
} from './contract-client.ts';
export {
  type CredentialStore,
  consumeLoginFragment,
  memoryCredentialStore,
  tabCredentialStore,
} from './credential-store.ts';
export type { ContractEvent } from './event-sequence.ts';
