import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EventData,
  EventName,
  Principal,
} from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { Dispose } from '#shared/util/index.ts';

/**
 * How the window stands to the engine.
 *
 *   connecting ──> connected <──> lost          refused: only a person can help
 *        └───────────────────────────────────────────^
 *
 * - `connecting`: the first attempt
 * - `connected`: logged in; commands go through
 * - `lost`: was connected; the client retries by itself
 * - `refused`: the credential or invitation is not accepted, or the versions do not fit
 */
export type ConnectionState =
  | { kind: 'connecting'; since: number }
  | {
      kind: 'connected';
      since: number;
      /** changes whenever the engine starts */
      epoch: string;
      principal: Principal;
      storeKind: StoreKind;
      capabilities: readonly string[];
    }
  | { kind: 'lost'; since: number }
  | {
      kind: 'refused';
      since: number;
      /** `access.no-credential`: nobody has logged in here yet */
      code:
        | 'access.bad-credential'
        | 'access.code-used'
        | 'access.no-credential'
        | 'contract.version'
        | 'contract.engine-unproven';
    };

/** What the screens need of the contract client; `renderer/client` supplies it, tests fake it. */
export interface ContractClient {
  readonly connection: ConnectionState;
  onConnection(listener: (state: ConnectionState) => void): Dispose;
  /** Everything known is void: called after each login and after a gap in the events. */
  onResync(listener: () => void): Dispose;
  /**
   * Runs one command; gives changes their `commandId`.
   * @throws AppError with the contract's code, or those of the client (`contract.timeout` …)
   */
  send<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<CommandOutput<Name>>;
  on<Name extends EventName>(name: Name, listener: (data: EventData<Name>) => void): Dispose;
  /**
   * Logs in with what an invitation link carries; the outcome shows in `connection`.
   * @returns false when the text is no invitation
   */
  logIn(invitation: string): boolean;
  /** Health address of the engine (`http…/health`), probed after a lost socket. */
  readonly healthUrl: string;
}
