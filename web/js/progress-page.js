// The functions that pages of the first alert analyzers have, for those that keep calling them by name. They write into elements of the
// page where it has them: #progress-status, #error-section, #error-message, #result-section, #result.

/** @type {import("./progress-timeline.js").ProgressTimeline | null} */
let timeline = null;

/**
 * Follows a task. What comes of it is given to handleStreamingComplete or handleStreamingError; callbacks are called as well.
 * @param {string} task
 * @param {import("./progress-timeline.js").Callbacks & {load?: () => Promise<any>}} callbacks `load`: for tests
 */
export async function startStreaming(task, { load = () => import("./progress-timeline.js"), ...callbacks } = {}) {
  hide("error-section");
  hide("result-section");
  let module;
  try {
    module = await load();
  } catch {
    return handleStreamingError(new Error("Streaming component failed to load. Please refresh the page."), callbacks.onError);
  }
  timeline?.close();
  timeline = new module.ProgressTimeline({
    ...callbacks,
    onStatus: (text, tone) => {
      write("progress-status", text, tone);
      callbacks.onStatus?.(text, tone);
    },
    onComplete: (result) => handleStreamingComplete(result, callbacks.onComplete),
    onError: (error) => handleStreamingError(error, callbacks.onError),
  });
  try {
    timeline.connect(task);
  } catch (error) {
    handleStreamingError(error, callbacks.onError);
  }
  return timeline;
}

/** There is no polling: the same as startStreaming, under the name that older pages call. */
export const startPolling = startStreaming;

/**
 * Shows the result.
 * @param {any} result
 * @param {(result: any) => void} [then]
 */
export function handleStreamingComplete(result, then) {
  write("result", JSON.stringify(result, null, 2));
  show("result-section");
  then?.(result);
}

/**
 * Shows the error's own words.
 * @param {Error} error
 * @param {(error: Error) => void} [then]
 */
export function handleStreamingError(error, then) {
  showError(error.message);
  then?.(error);
}

/**
 * Shows a sentence in the page's section of errors.
 * @param {string} text
 */
export function showError(text) {
  write("error-message", text);
  show("error-section");
}

const element = (id) => globalThis.document?.getElementById(id) ?? null;

function write(id, text, tone = undefined) {
  const place = element(id);
  if (place === null) return;
  place.textContent = text;
  if (tone !== undefined) place.dataset.tone = tone;
}

function show(id) {
  const place = element(id);
  if (place !== null) place.hidden = false;
}

function hide(id) {
  const place = element(id);
  if (place !== null) place.hidden = true;
}
