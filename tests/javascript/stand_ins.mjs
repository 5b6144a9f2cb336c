/**
 * What stands in the place of the browser's objects for a test, and how to wait.
 */

/**
 * Put something in the place of one of the browser's own objects, for one test.
 *
 * @param {import("node:test").TestContext} context  The test's.
 * @param {string} name
 * @param {unknown} standIn
 */
export function replace(context, name, standIn) {
  const original = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value: standIn, configurable: true, writable: true });
  context.after(() => {
    if (original) {
      Object.defineProperty(globalThis, name, original);
    } else {
      Reflect.deleteProperty(globalThis, name);
    }
  });
}

/** Let everything happen that waits for nothing but its turn. */
export async function settle() {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * Wait for what needs more turns than one, such as the import of a module, but not for ever.
 *
 * @param {() => unknown} isSo
 */
export async function until(isSo) {
  for (let turns = 0; !isSo(); turns += 1) {
    if (turns > 10_000) {
      throw new Error(`it never came: ${isSo}`);
    }
    await settle(); // eslint-disable-line no-await-in-loop -- one turn after the other
  }
}

/** A worker that says what the test lets it say. */
export class StandInWorker {
  /** @type {any[]} */
  sent = [];
  isTerminated = false;
  /** @type {Map<string, (event: any) => void>} */
  #listeners = new Map();

  /**
   * @param {string} type
   * @param {(event: any) => void} listener
   */
  addEventListener(type, listener) {
    this.#listeners.set(type, listener);
  }

  /** @param {unknown} message */
  postMessage(message) {
    this.sent.push(message);
  }

  terminate() {
    this.isTerminated = true;
  }

  /**
   * @param {string} type
   * @param {object} event
   */
  dispatch(type, event) {
    this.#listeners.get(type)?.(event);
  }

  /** @param {unknown} data  A message for the page. */
  say(data) {
    this.dispatch("message", { data });
  }
}

/** @returns {StandInWorker[]}  All workers that are started from now on. */
export function openWorkers() {
  /** @type {StandInWorker[]} */
  const workers = [];
  Reflect.set(
    globalThis,
    "Worker",
    class extends StandInWorker {
      constructor() {
        super();
        workers.push(this);
      }
    },
  );
  return workers;
}
