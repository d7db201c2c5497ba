import { type LineEvent, type LineState, transitionLine } from './line-machine.ts';
import { type LineCounters, qualityBetween, readCounters } from './line-quality.ts';
import type { LineQuality } from './phone-port.ts';
import type { IncomingInvite, LineDialog } from './sip-agent.ts';

export interface AgentLineOptions {
  onState(state: LineState): void;
  /** what comes from the engine; null: the dialog is over */
  onRemote(stream: MediaStream | null): void;
}

/** Performs the effects of the line machine: accepts the engine's INVITE, lets go of dialogs that are void. */
export class AgentLine {
  state: LineState = { kind: 'none' };
  readonly #options: AgentLineOptions;
  #dialog: LineDialog | null = null;
  #invite: IncomingInvite | null = null;
  #counters: LineCounters | null = null;

  constructor(options: AgentLineOptions) {
    this.#options = options;
  }

  get peerConnection(): RTCPeerConnection | null {
    return this.#dialog?.peerConnection ?? null;
  }

  onInvite(invite: IncomingInvite): void {
    this.#invite = invite;
    this.dispatch({ type: 'inviteArrived', nonce: invite.nonce });
    this.#invite = null;
  }

  dispatch(event: LineEvent): void {
    const { state, effects } = transitionLine(this.state, event);
    const changed = state !== this.state;
    this.state = state;
    for (const effect of effects) {
      if (effect === 'reject') this.#invite?.reject();
      if (effect === 'dispose') this.#disposeDialog();
      if (effect === 'accept') this.#accept();
    }
    if (changed) this.#options.onState(state);
  }

  /** Puts another microphone under the dialog that stands. */
  async replaceMicrophone(stream: MediaStream): Promise<void> {
    const [track] = stream.getAudioTracks();
    const sender = this.peerConnection?.getSenders()[0];
    sender?.track?.stop();
    await sender?.replaceTrack(track?.clone() ?? null);
  }

  /** Quality since the last time it was asked for; null while no line is up. */
  async measure(): Promise<LineQuality | null> {
    const connection = this.peerConnection;
    if (!connection || this.state.kind !== 'up') return null;
    const now = await readCounters(connection);
    if (this.peerConnection !== connection) return null;
    const quality = qualityBetween(this.#counters, now);
    this.#counters = now;
    return quality;
  }

  #accept(): void {
    const invite = this.#invite;
    if (!invite) return;
    const dialog = invite.accept(
      (established) => {
        if (this.#dialog !== established) return;
        this.#options.onRemote(established.remoteStream);
        this.dispatch({ type: 'established' });
      },
      () => {
        if (this.#dialog === dialog) this.dispatch({ type: 'ended' });
      },
    );
    this.#dialog = dialog;
  }

  #disposeDialog(): void {
    const dialog = this.#dialog;
    this.#dialog = null;
    this.#counters = null;
    dialog?.dispose();
    this.#options.onRemote(null);
  }
}
