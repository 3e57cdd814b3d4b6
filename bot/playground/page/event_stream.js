/** The stand-in's events, over any number of restarts of the stand-in. */

const FIRST_WAIT = 400;
const LONGEST_WAIT = 4000;

/**
 * Reads events for ever. Each time it connects, `catchUp` loads what stands now and gives its cursor; then the stream
 * goes on where it was. A stand-in that counts anew (its cursor lies behind ours) is followed from its own cursor.
 *
 * @param {object} hooks
 * @param {() => Promise<number>} hooks.catchUp loads everything, gives the lowest cursor it was loaded at
 * @param {(event: object) => void} hooks.deliver takes one event; the same event may come twice
 * @param {(connected: boolean) => void} hooks.report says whether the page is connected
 */
export function followEvents({ catchUp, deliver, report }) {
  let seen = null;
  let wait = FIRST_WAIT;

  async function connect() {
    let cursor;
    try {
      cursor = await catchUp();
    } catch (error) {
      console.warn("catching up failed", error);
      return later();
    }
    if (seen === null || cursor < seen) seen = cursor;
    const source = new EventSource(`/api/events?cursor=${seen}`);
    source.onopen = () => {
      wait = FIRST_WAIT;
      report(true);
    };
    source.onmessage = (event) => {
      const happened = JSON.parse(event.data);
      if (happened.type === "reset") return startAgain(source);
      if (event.lastEventId !== "") seen = Number(event.lastEventId);
      deliver(happened);
    };
    source.onerror = () => {
      // The browser would try again by itself, but without catching up and from the cursor in the address.
      source.close();
      later();
    };
  }

  /** The stand-in no longer has the events that we ask for: everything is read again. */
  function startAgain(source) {
    source.close();
    seen = null;
    connect();
  }

  function later() {
    report(false);
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  connect();
}
