// What the pages' modules hand to each other. Checked with `tsc --checkJs`; never sent to a browser.

export type TaskStateName =
  | "submitted" | "working" | "input-required" | "auth-required"
  | "completed" | "failed" | "canceled" | "rejected";

/** A record of the journal, as the stream and GET /api/tasks/{id}/events have it. */
export interface JournalRecord {
  offset: number; task: string; seq: number; time: string; kind: string; origin: string; data: any;
}

/** A task as its records tell it (core/task.js). Times are milliseconds since 1970, of the server's clock. */
export interface Task {
  id: string;
  title: string;
  agent: string;
  owner: string;
  state: TaskStateName;
  final: boolean;
  isPaused: boolean;
  opened: number | null;
  handedOver: number | null;
  ended: number | null;
  updated: number | null;
  lastSeq: number;
  records: number;
  /** The place in the queue, while it waits for one at its agent. */
  place: number | null;
  /** What the agent said last; of a failed task, why. */
  message: string;
  /** `isFast`: it failed before a tool had begun. */
  failure: { code: string | null; text: string; isFast: boolean } | null;
  /** alertId, alertType, symbol, instrument, trader, traderId, account: what the agent said of the alert; `file`: the name of what was sent. */
  facts: Record<string, string>;
  phases: Phase[];
  /** The agent names phases of its own as well, as one does that is talked to. */
  hasOtherPhases: boolean;
  calls: Call[];
  questions: Question[];
  commands: Command[];
  /** Who the work was handed to: agents below the task's own, in the order they came. */
  agents: { name: string; task: string | null; since: number; ended: number | null }[];
  artifacts: Map<string, Artifact>;
  reviews: { by: string; opinion: "accept" | "disagree"; why: string | null; at: number; seq: number }[];
  /** Where the gateway lost the agent and events may be missing; `isLost`: where the gateway has records no longer. */
  gaps: { seq: number; at: number; text: string; isLost: boolean }[];
  /** The reasoning that the agent showed, step by step. */
  reasoning: { seq: number; at: number; agent: string | null; text: string; kind: string }[];
}

export type PhaseName = "received" | "parsed" | "evidence" | "review" | "decision";
export interface Phase {
  name: PhaseName;
  /** `skipped`: the task has ended without it, or a later one has begun. `failed`: the task has not got beyond it; its state says why. */
  state: "todo" | "now" | "past" | "skipped" | "failed";
  at: number | null;
  until: number | null;
}

export type CallState = "running" | "retrying" | "waiting" | "done" | "failed" | "denied" | "stopped";
export interface Call {
  id: string;
  tool: string;
  /** The agent below the task's own that runs it; null for the task's own. */
  agent: string | null;
  agentTask: string | null;
  state: CallState;
  attempts: { from: number; to: number | null; state: "running" | "done" | "failed" | "stopped"; error: string | null }[];
  step: number | null;
  total: number | null;
  /** Milliseconds that it took, as its agent measured them. */
  took: number | null;
  /** How many rows the tool has looked at. */
  recordCount: number | null;
  message: string;
  summary: string;
  error: string | null;
  /** The reason of a retry that is to come, and when it is. */
  retry: { why: string; at: number | null } | null;
  input: any;
  output: any;
  from: number;
  to: number | null;
  firstSeq: number;
  lastSeq: number;
  /** The question that it waits for. */
  question: string | null;
}

export interface Question {
  id: string;
  task: string;
  kind: "input" | "auth";
  state: "open" | "closed";
  text: string;
  form: QuestionForm | null;
  deadline: number | null;
  asked: number;
  seq: number;
  closed: number | null;
  /** answered, declined, expired, withdrawn, … as the gateway says it. */
  how: string | null;
  by: string | null;
  why: string | null;
  /** {values}, {declined: true} or {text}. */
  answer: { values?: Record<string, any>; declined?: true; text?: string } | null;
  claimedBy: string | null;
  claimedUntil: number | null;
}
export interface QuestionForm {
  prompt: string; why?: string; deadline?: string; onExpiry?: string; acceptsExtension?: boolean;
  fields: Field[]; allow: string[];
}
export interface Field {
  name: string; label: string; type: string; required?: boolean; min?: number | string; max?: number | string;
  maxLength?: number; options?: { value: string; label: string }[]; default?: any; unit?: string; help?: string;
}

export interface Command {
  id: string; command: string; by: string; why: string | null; at: number; seq: number;
  state: "requested" | "delivered" | "ended";
  verdict: string | null; verdictWhy: string | null; afterMilliseconds: number | null; verdictSeq: number | null;
  /** Of `send`: what was said. */
  text: string | null;
  /** Of `answer`: to which question. */
  question: string | null;
}

export interface Artifact {
  id: string; name: string; description: string; parts: any[]; seq: number; at: number; isWhole: boolean;
}

/** What the policy knows, as the session's document has it. */
export type Action = "watch" | "submit" | "cancel" | "answer" | "observe" | "administer";

/**
 * What whoever asks may do with a task, as its document has it. `may`: commands, and `submit` where its agent may be given work: cancel,
 * send, answer, claim, release, pause, resume, review. `pausable`: its agent takes pauses.
 */
export interface TaskRights { readonly may: readonly string[]; readonly pausable: boolean }

/** A task in GET /api/tasks, and where a stream begins; alone it has `reviews` and `snapshot`, too. What there is nothing of is missing. */
export interface TaskDocument {
  id: string; title: string; agent: string; owner: string; tenant?: string; state: TaskStateName; final: boolean;
  opened: string; updated: string; lastSeq: number; cursor: string;
  /** What was said last, in one line. */
  message?: string;
  facts?: Record<string, string>;
  paused?: boolean;
  /** Calls of tools that have begun and not ended, in the order in which they began. */
  calls?: { tool: string; callId?: string; agent?: string; agentTask?: string; message?: string; step?: number; total?: number }[];
  place?: number;
}

/** A line of the event log. */
export interface LogLine {
  seq: number | null; at: number; kind: string; tone: "plain" | "good" | "warn" | "bad" | "system"; text: string;
}

/** What a page is given (ui/app.js). */
export interface App {
  client: any;
  /** `now()`: the server's time of day in milliseconds (core/clock.js). */
  clock: { now(): number; heardTime?(milliseconds: number | null): void };
  session: { principal: string; roles: string[]; csrf: string | null; may: Action[] } | null;
  /** Says something to those who do not see; `kind` decides what goes first. */
  announce(text: string, kind?: "question" | "failure" | "state"): void;
  /** Goes to a page of this site. */
  go(path: string, options?: { replace?: boolean }): void;
  /** Has `draw` called once in the next frame, however often it is asked for. */
  draw(draw: () => void): void;
  /** Calls each second while the page is visible; gives a function that ends it. */
  onTick(handler: () => void): () => void;
  /** GET, or what `options` say, of this gateway: the JSON, or throws Trouble. */
  ask(path: string, options?: { method?: string; body?: any }): Promise<any>;
  /** Has `title()` of the page asked for again. */
  titleChanged(): void;
  /** Says at the foot of the page, for a while, what came of something. */
  toast(text: string): void;
  /** What the pill shows beside the state: the number of the followed task's last record. */
  place(place: { seq: number | null }): void;
  here: { seq: number | null };
  /** The stream is back: `text` says after how long, and how many events were missed. Gives a function that ends it. */
  onResume(handler: (news: { missed: number | null; away: number; text: string }) => void): () => void;
  resumed(news: { missed: number | null; away: number; text: string }): void;
  /** What one may do may have become another thing: asks for it again. Gives a function that ends it. */
  onRights(handler: () => void): () => void;
  /** Something was refused that was offered, or the gateway says that rights have changed. */
  doubtRights(): void;
  /** What one may do with the task that is shown. Of the task page's parts alone. */
  rights?: TaskRights;
  /** A finished task is gone through once more: what is shown is past, and nothing can be sent. Of the task page's parts alone. */
  isReplay?: boolean;
  /** The questions that wait for an answer, of all tasks. */
  questions: { list: any[]; on(handler: (list: any[]) => void): () => void };
}

/** What js/pages/*.js export as `open`. */
export type OpenPage = (app: App, root: HTMLElement, place: { params: Record<string, string>; query: URLSearchParams }) => Page;
export interface Page {
  /** The document's title, asked for after each `app.titleChanged()`; without " · Signalbox". */
  title(): string;
  /** A key was pressed outside of inputs; true: it was taken. */
  key?(key: string, event: KeyboardEvent): boolean;
  /** The same page at another place (another seq of the same task): true if it has gone there by itself. */
  moveTo?(place: { params: Record<string, string>; query: URLSearchParams }): boolean;
  close(): void;
}
