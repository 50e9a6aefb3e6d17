// Begins a task with a file, and tells how much of it has left. `fetch` does not tell that, XMLHttpRequest does.

import { Trouble } from "./ask.js";

const limit = 120_000;

/** The gateway's answer, `{id, …}`, or throws Trouble. `progress(part)`: from 0 to 1. */
export function beginTask(body, { csrf, progress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/tasks");
    request.timeout = limit;
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", "application/json");
    if (csrf) request.setRequestHeader("x-signalbox-csrf", csrf);
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300 && typeof answer?.id === "string") return resolve(answer);
      const detail = String(answer?.detail ?? "");
      reject(new Trouble(detail || `The gateway answered ${request.status}.`, { status: request.status, detail, problem: answer ?? {} }));
    };
    request.onerror = () => reject(new Trouble("The connection broke before the gateway answered. Start it again: nothing is begun twice."));
    request.ontimeout = () => reject(new Trouble("There was no answer within two minutes. Start it again: nothing is begun twice."));
    request.send(JSON.stringify(body));
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
