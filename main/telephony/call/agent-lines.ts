import { AppError } from '#shared/errors/index.ts';
import type { IdSource } from '#shared/util/index.ts';
import { Emitter } from '#shared/util/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { DialogIdentity } from '../sip/types.ts';
import { type LineEvent, type LineState, nextLineState } from './line-machine.ts';

/** How the switch reaches softphones; the registrar in `telephony/sip` implements it. */
export interface Softphones {
  registered(personId: string): boolean;
  inviteLine(
    personId: string,
    invite: {
      offerSdp: string;
      /** goes into X-Dialdesk-Line: the softphone answers only this one by itself */
      nonce: string;
      beforeSend(identity: DialogIdentity): Promise<void>;
      onAnswered(answerSdp: string): void;
      onFailed(status: number): void;
      onEnded(): void;
    },
  ): { hangUp(): Promise<void> };
  onRegistered(listener: (personId: string) => void): () => void;
  onUnregistered(listener: (personId: string) => void): () => void;
}

interface Line {
  personId: string;
  lineId: string;
  nonce: string;
  state: LineState;
  sip: { hangUp(): Promise<void> } | null;
}

export type AgentLineEvent = { personId: string; state: LineState['kind'] };

export interface AgentLinesOptions {
  media: MediaPort;
  softphones: Softphones;
  idSource: IdSource;
  log(message: string, details?: Record<string, unknown>): void;
}

/** One WebRTC leg for each agent who is here; calls are joined to it, it is never re-invited for a call. */
export class AgentLines {
  readonly #lines = new Map<string, Line>();
  readonly #events = new Emitter<AgentLineEvent>();
  readonly #options: AgentLinesOptions;

  constructor(options: AgentLinesOptions) {
    this.#options = options;
    options.media.onEvent((event) => {
      if (event.type === 'lineConnected') this.#on(event.lineId, 'connected');
      else if (event.type === 'lineFlowing')
        this.#on(event.lineId, event.flowing ? 'flowing' : 'stopped');
      else if (event.type === 'lineLost') this.#onLost(event.lineId, event.reason);
    });
    options.media.onRestart(() => this.#reopenAll());
    options.softphones.onUnregistered((personId) => void this.close(personId));
  }

  on(listener: (event: AgentLineEvent) => void): () => void {
    return this.#events.on(listener);
  }

  state(personId: string): LineState['kind'] {
    return this.#lines.get(personId)?.state.kind ?? 'down';
  }

  /** The media process's name of this person's line; null when there is none. */
  lineId(personId: string): string | null {
    return this.#lines.get(personId)?.lineId ?? null;
  }

  /**
   * Opens the line, replacing one that is there.
   * @returns false when no softphone is registered for this person
   */
  async open(personId: string, nonce: string): Promise<boolean> {
    if (!this.#options.softphones.registered(personId)) return false;
    const present = this.#lines.get(personId);
    if (present && present.nonce === nonce && present.state.kind !== 'down') return true;
    await this.close(personId);
    const line: Line = {
      personId,
      lineId: this.#options.idSource.next(),
      nonce,
      state: { kind: 'down' },
      sip: null,
    };
    this.#lines.set(personId, line);
    this.#move(line, 'open');
    await this.#invite(line);
    return true;
  }

  async close(personId: string): Promise<void> {
    const line = this.#lines.get(personId);
    if (!line) return;
    this.#lines.delete(personId);
    this.#move(line, 'closed');
    await line.sip?.hangUp();
    await this.#closeMedia(line);
  }

  async #invite(line: Line): Promise<void> {
    const { media, softphones } = this.#options;
    const { offerSdp } = await media.request('openAgentLine', { lineId: line.lineId });
    if (this.#lines.get(line.personId) !== line) return this.#closeMedia(line);
    line.sip = softphones.inviteLine(line.personId, {
      offerSdp,
      nonce: line.nonce,
      // A line carries no debtor and ends with its socket, so nothing of it needs to survive a crash.
      beforeSend: async () => {},
      onAnswered: (answerSdp) => this.#onAnswered(line, answerSdp),
      onFailed: (status) => {
        this.#onLost(line.lineId, `refused with ${status}`);
      },
      onEnded: () => this.#onLost(line.lineId, 'ended by the softphone'),
    });
  }

  #onAnswered(line: Line, answerSdp: string): void {
    this.#move(line, 'answered');
    this.#options.media
      .request('setAgentAnswer', { lineId: line.lineId, answerSdp })
      .catch((error: unknown) => this.#onLost(line.lineId, String(error)));
  }

  #on(lineId: string, event: LineEvent): void {
    for (const line of this.#lines.values()) if (line.lineId === lineId) this.#move(line, event);
  }

  #onLost(lineId: string, reason: string): void {
    for (const line of this.#lines.values()) {
      if (line.lineId !== lineId) continue;
      this.#options.log('agent line lost', { reason });
      this.#lines.delete(line.personId);
      this.#move(line, 'lost');
      void line.sip?.hangUp();
      void this.#closeMedia(line);
    }
  }

  /**
   * The media process is new and empty: the same agents get new lines under the nonce they gave. Nobody goes offline for
   * it; until packets flow again the line takes no calls.
   */
  #reopenAll(): void {
    for (const lost of [...this.#lines.values()]) {
      const line: Line = { ...lost, lineId: this.#options.idSource.next(), sip: null };
      // In its place before the old dialog ends, which says so at once and must not be taken for the new one's end.
      this.#lines.set(line.personId, line);
      void lost.sip?.hangUp();
      this.#move(line, 'reopened');
      this.#invite(line).catch((error: unknown) => {
        // It died once more: its next start brings us here again.
        if (!(error instanceof AppError && error.code === 'media.restarted'))
          this.#onLost(line.lineId, String(error));
      });
    }
  }

  async #closeMedia(line: Line): Promise<void> {
    await this.#options.media.request('closeAgentLine', { lineId: line.lineId }).catch(() => {
      // The media process is gone, and the line with it.
    });
  }

  #move(line: Line, event: LineEvent): void {
    const next = nextLineState(line.state, event);
    if (next === null) return;
    line.state = next;
    this.#events.emit({ personId: line.personId, state: next.kind });
  }
}
