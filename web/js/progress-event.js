// A record as pages of the first alert analyzers know their events: event_id, task_id, state, message, final, timestamp, metadata. Pure.

import { describe } from "./core/describe.js";
import { countOrNull, isFinal, object, partsText, text, textOrNull } from "./core/read.js";
import { reportOf } from "./core/reports.js";

/**
 * @typedef {object} ProgressEvent
 * @property {number} event_id The record's number: 1, 2, 3, … without a hole.
 * @property {string} task_id
 * @property {string} state Of the task, as of this record.
 * @property {string} message
 * @property {boolean} final
 * @property {string} timestamp
 * @property {{tool_name: string | null, step: number | null, total: number | null, event_type: string}} metadata
 */

/**
 * @param {import("./types.js").JournalRecord} record
 * @param {string} state the task's, after this record
 * @returns {ProgressEvent}
 */
export function progressEvent(record, state) {
  const update = object(object(record.data).statusUpdate);
  const report = object(reportOf(update));
  const words = text(report.message) || partsText(object(update.status).message) || describe(record).text;
  return {
    event_id: record.seq, task_id: record.task, state, message: words, final: isFinal(state), timestamp: record.time,
    metadata: {
      tool_name: textOrNull(report.tool), step: countOrNull(report.step), total: countOrNull(report.total),
      event_type: text(report.type) || record.kind,
    },
  };
}
