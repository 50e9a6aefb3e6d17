/// A code of `application/problem+json`, and what it tells a program. What stands in no such row is no code of this API.
struct APIProblem: Sendable {
  let code: String
  let meaning: String

  init(_ code: String, _ meaning: String) {
    self.code = code
    self.meaning = meaning
  }

  static let all: [APIProblem] = credentials + requests + tasks + runs + sockets + ingest + server

  private static let credentials = [
    APIProblem("not-signed-in", "Nothing was shown that says who asks. Sign in, or show a certificate or a token."),
    APIProblem("bad-certificate", "The client certificate is outside its time, revoked or malformed."),
    APIProblem("bad-token", "The bearer token is not good; `WWW-Authenticate` says why. Get another."),
    APIProblem("session-over", "The browser session has ended. Sign in again."),
    APIProblem("doubled-credential", "A credential came twice, or two that exclude each other. Send one."),
    APIProblem("two-principals", "The credentials are those of two different principals."),
    APIProblem("nobody-here", "The credential is good, and the policy has nobody of that name."),
    APIProblem("forbidden", "The policy does not allow it. Trying again changes nothing."),
    APIProblem("csrf-required", "A browser session changes something only with its token in `x-signalbox-csrf`."),
    APIProblem("foreign-origin", "A page of another site asks, and its origin is not allowed."),
    APIProblem("keys-unavailable", "The issuer's keys cannot be had at the moment. Try again after `Retry-After`."),
    APIProblem(
      "sessions-away",
      "The server that keeps the sessions is away, and this takes it: nothing was decided. Try again after `Retry-After`."
    ),
    APIProblem("no-credential", "There is nothing to sign in with."),
    APIProblem("no-session", "The request shows no session cookie, and this is about one."),
    APIProblem("sign-in-failed", "The link or token does not sign anybody in."),
    APIProblem("bad-sign-in", "What the browser brought back belongs to no sign-in that it has begun."),
    APIProblem("sign-in-denied", "The issuer or the policy says no."),
    APIProblem("bad-issuer", "The issuer's answer cannot be used."),
    APIProblem("issuer-unavailable", "The issuer cannot be reached. Try again."),
    APIProblem("token-required", "A grant is refreshed by a bearer token."),
    APIProblem("token-shows-less", "With this token the stream could not go on."),
    APIProblem("not-refreshed-here", "The stream's right is no token's, and is lengthened elsewhere."),
  ]

  private static let requests = [
    APIProblem("bad-request", "The request breaks a rule of HTTP. The connection closes."),
    APIProblem("bad-query", "The query has a name or value that the route does not take."),
    APIProblem("bad-body", "The body is not what the route takes."),
    APIProblem("not-found", "It is not there, or not yours to see: nobody can tell which."),
    APIProblem("method-not-allowed", "The path takes other methods; `Allow` lists them."),
    APIProblem("request-timeout", "The request came too slowly."),
    APIProblem("length-required", "The body's length has to be said."),
    APIProblem("content-too-large", "The body is longer than the route takes; nothing of it was used."),
    APIProblem("uri-too-long", "The request line is too long."),
    APIProblem("unsupported-media-type", "The body is of a type that is not taken here."),
    APIProblem("expectation-failed", "The field `Expect` asks for what is not done here."),
    APIProblem("misdirected-request", "Without TLS, only names of this machine are answered."),
    APIProblem("upgrade-required", "The WebSocket handshake is not of version 13."),
    APIProblem("websocket-required", "The path speaks WebSocket."),
    APIProblem("unknown-subprotocol", "None of the offered subprotocols is spoken here."),
    APIProblem("too-many-requests", "A limit was passed. Try again after `Retry-After`."),
    APIProblem("request-header-fields-too-large", "The fields are too many or too long."),
    APIProblem("not-implemented", "The method or coding is not known here."),
    APIProblem("http-version-not-supported", "The request is not HTTP/1.1 or HTTP/1.0."),
  ]

  private static let tasks = [
    APIProblem("bad-cursor", "It is no cursor at all. Send one as an event or a page gave it."),
    APIProblem("cursor-lost", "The cursor is of another journal, or beyond the end of this one. Begin anew."),
    APIProblem(
      "bad-profile", "There is no such profile, or not here: only a stream of one task has others than `native`."),
    APIProblem("bad-scope", "It is not said, or not clearly, which tasks are to be watched."),
    APIProblem("too-many-tasks", "One stream carries fewer tasks. Open several, or ask for all."),
  ]

  private static let runs = [
    APIProblem("no-such-agent", "There is no such agent, or it is not for the asker: nobody can tell which."),
    APIProblem(
      "agent-quarantined", "The agent is given no tasks: its card cannot be trusted or used. `detail` says why."),
    APIProblem("no-card", "The agent has not shown a card that can be used yet. Try again after `Retry-After`."),
    APIProblem("too-much-work", "So many tasks wait for a place that no more may. Try again after `Retry-After`."),
    APIProblem("task-waiting", "The task waits for a place at its agent, which cannot be told anything yet."),
    APIProblem("not-run-here", "The task is a producer's, and not run by this gateway."),
    APIProblem("bad-command", "A member of the command is not as it has to be. Nothing was done."),
    APIProblem("wrong-state", "The task does not take this as it stands; the text says why."),
    APIProblem("too-many-commands", "The task has had as many commands as one may have; only cancels are taken."),
    APIProblem("command-id-taken", "The sender has given the task another command under this id. Send another id."),
    APIProblem("nothing-to-review", "The task is not completed: it has not ended yet, or has no result."),
    APIProblem("no-such-question", "The task has no such question."),
    APIProblem("bad-answer", "The answer does not fit the question, which stays open; `violations` has what is wrong."),
    APIProblem("answered", "Somebody was first: `by` and `at` say who and when."),
    APIProblem("claimed", "Somebody else is about to answer: `by`, `until`. An answer is taken all the same."),
    APIProblem("question-closed", "The question takes no answer any more; `how` says why."),
    APIProblem("no-alert", "The request brings no alert, or an empty one."),
    APIProblem("analysis-not-complete", "The task has not ended yet, so there is no result to download."),
    APIProblem("no-result", "The task has ended, and has no result of the kind that is asked for."),
  ]

  private static let sockets = [
    APIProblem("bad-message", "A message of a WebSocket cannot be read, or a member of it is wrong or not known."),
    APIProblem("bad-id", "A message of a WebSocket has no `id`, or one that is none."),
    APIProblem("unknown-type", "There is no such message."),
    APIProblem("message-too-long", "A message of this type may not be as long."),
    APIProblem("too-many-messages", "The client sends more than it may. Try again after `retryAfter` seconds."),
    APIProblem("busy", "Too many commands of this WebSocket are under way. Wait for their answers."),
    APIProblem("already-subscribed", "The task, or the subscription's id, is subscribed to on this WebSocket."),
    APIProblem("no-such-subscription", "This WebSocket has no subscription of this id, or it is being ended."),
  ]

  private static let ingest = [
    APIProblem("bad-task", "The task cannot be begun like this."),
    APIProblem("bad-event", "An event is no JSON object, or there is none. Nothing was stored."),
    APIProblem("bad-state", "A task cannot be left in this state by these events."),
    APIProblem("bad-producer", "The `Producer-` fields are incomplete or malformed."),
    APIProblem("event-too-large", "One event is larger than events may be. Nothing was stored."),
    APIProblem("too-many-events", "The request has more events than one may have. Nothing was stored."),
    APIProblem("task-exists", "There is a task with this id."),
    APIProblem("key-taken", "The key was used for a task that is not for the asker."),
    APIProblem("task-ended", "The task has ended and takes no more events."),
    APIProblem("run-here", "The task is an agent's, run by this gateway, and takes no events of producers."),
    APIProblem("producer-gap", "Events before these are missing; `Producer-Expected` says which is due."),
    APIProblem("producer-overlap", "A part of these was stored before; `Producer-Expected` says which is due."),
    APIProblem("producer-fenced", "Another has taken the producer's place, with a higher epoch. Stop."),
  ]

  private static let server = [
    APIProblem("not-ready", "The gateway is starting or going away."),
    APIProblem("draining", "The gateway is going away. Try again a little later."),
    APIProblem(
      "try-later", "So many streams are being opened that this one found no turn. Try again after `Retry-After`."),
    APIProblem("reload-refused", "Nothing was changed; `problems` names all that is wrong."),
    APIProblem("answer-too-slow", "The answer could not be made in time."),
    APIProblem("no-room", "There are too many WebSockets."),
    APIProblem("internal-server-error", "The gateway failed; its log tells why, under the request's id."),
    APIProblem("journal-full", "The journal's disk or size limit is reached: nothing was stored."),
    APIProblem("journal-failed", "The journal cannot be used: nothing was stored."),
    APIProblem(
      "journal-away", "The server that keeps the journal is away: try again; the sentence says what is known."),
  ]
}
