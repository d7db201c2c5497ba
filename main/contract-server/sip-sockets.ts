import type { WebSocket } from 'ws';
import { closeCodes } from './contract-socket.ts';

/** Softphones' sockets by person, so that they end with the person's logins. Their content is the telephony area's. */
export class SipSockets {
  readonly #byPerson = new Map<string, Set<WebSocket>>();

  add(personId: string, socket: WebSocket): void {
    const sockets = this.#byPerson.get(personId) ?? new Set();
    this.#byPerson.set(personId, sockets.add(socket));
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0 && this.#byPerson.get(personId) === sockets) {
        this.#byPerson.delete(personId);
      }
    });
  }

  closePerson(personId: string): void {
    for (const socket of this.#byPerson.get(personId) ?? []) {
      socket.close(closeCodes.loginEnded, 'login ended');
    }
  }
}
