// Questions of a task: asked, claimed, answered, closed. Pure.

import { nameQuestion } from "./calls.js";
import { array, isObject, text, textOrNull, timeOrNull } from "./read.js";
import { foldCommand } from "./task-commands.js";

export function foldQuestion(task, data, moment) {
  const id = textOrNull(data.question);
  if (id === null) return;
  let question = task.questions.find((one) => one.id === id);
  if (!question) {
    question = newQuestion(task, id, moment);
    task.questions.push(question);
  }
  switch (data.state) {
    case "open": open(task, question, data, moment); break;
    case "claimed":
      question.claimedBy = textOrNull(data.by);
      question.claimedUntil = timeOrNull(data.until);
      break;
    case "released": release(question); break;
    case "closed":
      Object.assign(question, {
        state: "closed", closed: moment.at, how: text(data.how) || "closed", by: textOrNull(data.by), why: textOrNull(data.why),
      });
      release(question);
      break;
  }
}

function newQuestion(task, id, { seq, at }) {
  return {
    id, task: task.id, kind: "input", state: "open", text: "", form: null, deadline: null, asked: at, seq, closed: null, how: null,
    by: null, why: null, answer: null, claimedBy: null, claimedUntil: null,
  };
}

/** Also once more, where an answer did not count. */
function open(task, question, data, moment) {
  Object.assign(question, {
    state: "open", kind: data.kind === "auth" ? "auth" : "input", text: text(data.text) || question.text,
    form: formOf(data.form) ?? question.form, deadline: timeOrNull(data.deadline) ?? question.deadline, closed: null, how: null, by: null,
    why: null, answer: null,
  });
  release(question);
  nameQuestion(task, question.id);
}

function release(question) {
  question.claimedBy = null;
  question.claimedUntil = null;
}

/** A form with the members that every reader may count on. */
function formOf(value) {
  if (!isObject(value)) return null;
  const fields = array(value.fields).filter((field) => isObject(field) && textOrNull(field.name));
  return {
    ...value, prompt: text(value.prompt), allow: array(value.allow).filter((word) => typeof word === "string"),
    fields: fields.map((field) => ({
      ...field, name: field.name, label: text(field.label) || field.name, type: text(field.type) || "text",
      ...(field.options === undefined ? {} : { options: optionsOf(field.options) }),
    })),
  };
}

function optionsOf(value) {
  return array(value).filter((one) => isObject(one) && typeof one.value === "string")
    .map((one) => ({ value: one.value, label: text(one.label) || one.value }));
}

export function foldAnswer(task, data, moment) {
  foldCommand(task, data, moment);
  const question = task.questions.find((one) => one.id === data.question);
  if (!question) return;
  if (data.declined === true) question.answer = { declined: true };
  else if (isObject(data.values)) question.answer = { values: data.values };
  else question.answer = { text: text(data.text) };
}
