// What pages written for the first alert analyzers call: a timeline of one task's steps, and callbacks. It draws nothing.

import { connect } from "./client.js";
import { isDown } from "./core/line-state.js";
import { fold, foldSnapshot, newTask } from "./core/task.js";
import { progressEvent } from "./progress-event.js";

/** After as many tries without a connection it is given up. The waits between them grow from 1 s to 30 s. */
export const mostTries = 5;

export const texts = {
  unsupported: "Your browser does not support real-time streaming. Please use a modern browser.",
  givenUp: "Connection lost after maximum reconnection attempts. Please try again.",
  starting: "Initializing analysis...",
  connected: "Connected, waiting for updates...",
  running: "Analysis in progress...",
  reconnecting: "Connection lost. Reconnecting...",
  complete: "Analysis complete!",
};

/** @typedef {import("./progress-event.js").ProgressEvent} ProgressEvent */
/**
 * @typedef {object} Step
 * @property {number} number 1, 2, 3, … in the order in which they began.
 * @property {string} title The tool.
 * @property {"in-progress" | "completed" | "failed"} status
 * @property {string} description
 * @property {number | null} progress From 0 to 1, where the tool tells how far it is.
 * @property {number | null} duration In seconds.
 * @property {string | null} error
 */
/**
 * @typedef {object} Callbacks
 * @property {(event: ProgressEvent) => void} [onEvent] Each event once, in order.
 * @property {(step: Step) => void} [onStepStart]
 * @property {(result: {task_id: string, state: string, message: string, artifacts: any[]}) => void} [onComplete] The task has completed.
 * @property {(error: Error) => void} [onError] It has ended otherwise, or is not to be had. Its message is for people.
 * @property {(attempt: number) => void} [onReconnect] The connection is lost; try number `attempt` comes after a wait.
 * @property {(text: string, tone: "info" | "warning" | "success" | "error") => void} [onStatus]
 */

export class ProgressTimeline {
  /**
   * All events of the task so far.
   * @type {ProgressEvent[]}
   */
  events = [];
  #callbacks;
  #client;
  #isOwn;
  #task = newTask("");
  #watch = null;
  #unlisten = () => {};
  #tries = 0;
  #wasWaiting = false;
  #isDown = false;
  #said = "";
  #known = new Set();

  /**
   * @param {Callbacks} [callbacks]
   * @param {{client?: import("./client.js").Client}} options `client`: a connection that the page has already
   */
  constructor(callbacks = {}, { client = undefined } = {}) {
    this.#callbacks = callbacks;
    this.#isOwn = client === undefined;
    this.#client = client;
  }

  /** @returns {Step[]} */
  get steps() {
    return this.#task.calls.map(stepOf);
  }

  /**
   * Follows this task from its first event on, also when it has ended before. Throws where the browser cannot.
   * @param {string} task
   */
  connect(task) {
    if (!canStream()) throw new Error(texts.unsupported);
    this.close();
    this.#begin(task);
    this.#said = "";
    this.#client ??= connect();
    this.#say(texts.starting, "info");
    this.#unlisten = this.#client.onLink((link) => this.#link(link));
    this.#watch = this.#client.watch(task, {
      onRecord: (record) => this.#record(record),
      onReset: ({ task: document }) => {
        this.#begin(task);
        foldSnapshot(this.#task, document);
      },
      onLive: () => this.#task.final || this.#say(this.events.length === 0 ? texts.connected : texts.running, "info"),
      onEnd: () => this.#ended(),
      onError: (error) => this.#fail(error),
    });
  }

  /** Ends the connection. The task goes on. */
  close() {
    this.#watch?.close();
    this.#watch = null;
    this.#unlisten();
    this.#unlisten = () => {};
    if (!this.#isOwn) return;
    this.#client?.close();
    this.#client = undefined;
  }

  #begin(task) {
    this.events = [];
    this.#task = newTask(task);
    this.#tries = 0;
    this.#wasWaiting = this.#isDown = false;
    this.#known.clear();
  }

  #record(record) {
    const wasFinal = this.#task.final;
    fold(this.#task, record);
    const event = progressEvent(record, this.#task.state);
    this.events.push(event);
    this.#callbacks.onEvent?.(event);
    for (const call of this.#task.calls) {
      if (this.#known.has(call.id)) continue;
      this.#known.add(call.id);
      this.#callbacks.onStepStart?.(stepOf(call, this.#known.size - 1));
    }
    if (!wasFinal && !this.#task.final && this.events.length === 1) this.#say(texts.running, "info");
  }

  #ended() {
    const { id, state, message, artifacts } = this.#task;
    if (state !== "completed") return this.#fail(new Error(message || `The analysis was ${state}.`));
    this.close();
    this.#say(texts.complete, "success");
    this.#callbacks.onComplete?.({ task_id: id, state, message, artifacts: [...artifacts.values()] });
  }

  #fail(error) {
    this.close();
    this.#say(`Error: ${error.message}`, "error");
    this.#callbacks.onError?.(error);
  }

  /** Counts tries from one open line to the next. */
  #link(link) {
    const line = link.stream.kind === "idle" ? link.socket : link.stream;
    const isWaiting = line.kind === "waiting";
    if (isWaiting && !this.#wasWaiting) this.#lost();
    this.#wasWaiting = isWaiting;
    const wasDown = this.#isDown;
    this.#isDown = isDown(link, wasDown);
    if (line.kind !== "open") return;
    this.#tries = 0;
    if (wasDown) this.#say(texts.running, "info");
  }

  #lost() {
    if (this.#tries >= mostTries) return this.#fail(new Error(texts.givenUp));
    this.#tries += 1;
    this.#say(texts.reconnecting, "warning");
    this.#callbacks.onReconnect?.(this.#tries);
  }

  #say(text, tone) {
    if (text === this.#said) return;
    this.#said = text;
    this.#callbacks.onStatus?.(text, tone);
  }
}

/** What reading a stream needs of a browser. */
export function canStream(scope = globalThis) {
  return typeof scope.fetch === "function" && typeof scope.ReadableStream === "function" &&
    typeof /** @type {any} */ (scope).AbortSignal?.timeout === "function";
}

const statuses = { done: "completed", failed: "failed", denied: "failed", stopped: "failed" };

/** @returns {Step} */
function stepOf(call, index) {
  const until = call.to ?? call.from;
  return {
    number: index + 1, title: call.tool, status: statuses[call.state] ?? "in-progress", description: call.summary || call.message,
    progress: call.step !== null && call.total ? Math.min(1, call.step / call.total) : null,
    duration: call.to === null ? null : (call.took ?? until - call.from) / 1000, error: call.error,
  };
}
