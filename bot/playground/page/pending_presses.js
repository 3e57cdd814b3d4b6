/** Presses that wait for the bot's answer. */

const LONGEST = 30_000; // later nothing will come; the stand-in reports an unanswered press after 10 s

export class PendingPresses {
  #waiting = new Map(); // "message id, data" → callback id, null until the stand-in has named it
  #early = new Set(); // answers that came before the stand-in had named the press
  #changed;

  /** @param {(messageId: number, data: string, pending: boolean) => void} changed a button starts or stops waiting */
  constructor(changed) {
    this.#changed = changed;
  }

  isPending(messageId, data) {
    return this.#waiting.has(key(messageId, data));
  }

  /**
   * Notes a press as waiting while `request` brings its callback id and until `settle` names that id.
   * @returns {Promise<void>} ends with the request; rejects as the request does
   */
  async start(messageId, data, request) {
    this.#waiting.set(key(messageId, data), null);
    this.#changed(messageId, data, true);
    try {
      const { callback_id: id } = await request;
      if (this.#early.delete(id)) return this.#stop(messageId, data);
      this.#waiting.set(key(messageId, data), id);
      setTimeout(() => this.settle(id), LONGEST);
    } catch (error) {
      this.#stop(messageId, data);
      throw error;
    }
  }

  /** The press with this callback id waits no more: it was answered, or found unanswered. */
  settle(id) {
    for (const [waiting, callbackId] of this.#waiting) {
      if (callbackId === id) return this.#stop(...JSON.parse(waiting));
    }
    if ([...this.#waiting.values()].includes(null)) this.#early.add(id);
  }

  #stop(messageId, data) {
    this.#waiting.delete(key(messageId, data));
    this.#changed(messageId, data, false);
  }
}

const key = (messageId, data) => JSON.stringify([messageId, data]);
