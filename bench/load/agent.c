#include "agent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "event.h"

enum { REQUEST_MAX = 8192, CONTEXT_MAX = 128, SPARE = 48 };

// Somebody who has called.
struct call {
  struct connection connection;  // first: a connection's address is its call's
  size_t filled;
  char request[REQUEST_MAX + 1];
};

// A task that somebody has asked for.
struct task {
  struct call *call;
  char context[CONTEXT_MAX];
  uint32_t sent;
};

static struct connection listener;
static struct target settings;
static struct call *calls;
static struct task *tasks;
static uint32_t call_count, topics, running;
static uint16_t port;
static double rate;
static uint64_t sent, first, last, start;

static void answer(struct call *call, const char *status, const char *type, const char *body) {
  char text[2048];
  int length = snprintf(text, sizeof text, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n%s", status, type,
                        strlen(body), body);
  if (length < 0 || length >= (int)sizeof text) fail("the agent's answer is too long");
  connection_send(&call->connection, text, (size_t)length);
}

static void answer_card(struct call *call) {
  char card[1024];
  snprintf(card, sizeof card,
           "{\"name\":\"Bench\",\"description\":\"Tells of its progress, for ever.\",\"version\":\"1\","
           "\"supportedInterfaces\":[{\"url\":\"https://127.0.0.1:%u\",\"protocolBinding\":\"HTTP+JSON\","
           "\"protocolVersion\":\"1.0\"}],\"capabilities\":{\"streaming\":true},\"defaultInputModes\":[\"text/plain\"],"
           "\"defaultOutputModes\":[\"text/plain\"],\"skills\":[{\"id\":\"run\",\"name\":\"Run\",\"description\":\"Runs.\","
           "\"tags\":[\"bench\"]}]}", port);
  answer(call, "200 OK", "application/json", card);
}

// One event of a stream, in a chunk of its own.
static void send_event(struct call *call, const char *head, const char *event, size_t length) {
  char text[2048];
  int at = snprintf(text, sizeof text, "%s%zx\r\ndata: ", head, length + 8);
  if (at < 0 || (size_t)at + length + 4 >= sizeof text) fail("an event of the agent is too long");
  memcpy(text + at, event, length);
  memcpy(text + at + length, "\n\n\r\n", 4);
  connection_send(&call->connection, text, (size_t)at + length + 4);
}

static void begin_task(struct call *call, const char *body) {
  const char *text = strstr(body, "\"run "), *context = strstr(body, "\"contextId\":\"");
  char *end;
  unsigned long topic = text ? strtoul(text + 5, &end, 10) : topics;
  if (topic >= topics || *end != '.') fail("the agent was asked for a task that nobody wanted: %s", body);
  struct task *task = &tasks[topic];
  if (task->call) fail("the agent was asked for task %lu twice", topic);
  context = context ? context + 13 : "";
  size_t length = strcspn(context, "\"");
  if (!length || length >= sizeof task->context) fail("the agent was asked for a task without a context, or with a long one");
  memcpy(task->context, context, length);
  task->call = call;
  running++;
  char event[512];
  int count = snprintf(event, sizeof event,
                       "{\"task\":{\"id\":\"run-%lu\",\"contextId\":\"%s\",\"status\":{\"state\":\"TASK_STATE_WORKING\"}}}",
                       topic, task->context);
  send_event(call, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n", event,
             (size_t)count);
}

static void serve_request(struct call *call, const char *body) {
  if (strncmp(call->request, "GET /.well-known/agent-card.json ", 33) == 0) answer_card(call);
  else if (strncmp(call->request, "POST /message:stream ", 21) == 0) begin_task(call, body);
  else fail("the agent cannot: %.*s", (int)strcspn(call->request, "\r\n"), call->request);
}

static void received(struct connection *connection, const uint8_t *bytes, size_t length) {
  struct call *call = (struct call *)connection;
  if (call->filled + length > REQUEST_MAX) fail("a request to the agent is longer than %d bytes", REQUEST_MAX);
  memcpy(call->request + call->filled, bytes, length);
  call->filled += length;
  call->request[call->filled] = '\0';
  char *body = strstr(call->request, "\r\n\r\n"), *field = strcasestr(call->request, "\r\ncontent-length:");
  if (!body) return;
  body += 4;
  size_t expected = field && field < body ? strtoul(field + 17, NULL, 10) : 0;
  if (call->filled < (size_t)(body - call->request) + expected) return;
  call->filled = 0;
  serve_request(call, body);
}

static void ended(struct connection *connection, const char *why) {
  for (uint32_t topic = 0; topic < topics; topic++)
    if (tasks[topic].call == (struct call *)connection) fail("the stream of task %u: %s", topic, why);
}

static void ignore(struct connection *connection) { (void)connection; }

static void accept_all(struct connection *waiting) {
  static const struct connection_events events = {ignore, received, ended};
  for (uint32_t i = 0; i < call_count; i++) {
    if (calls[i].connection.phase != PHASE_CLOSED) continue;
    calls[i].filled = 0;
    if (!connection_accept(&calls[i].connection, waiting, &settings, &events)) return;
  }
}

void agent_start(const struct options *options) {
  static const struct connection_events events = {accept_all, NULL, NULL};
  topics = (uint32_t)options->topics;
  port = options->agent_port;
  rate = options->rate;
  call_count = topics + SPARE;
  calls = calloc(call_count, sizeof *calls);
  tasks = calloc(topics, sizeof *tasks);
  if (!calls || !tasks) fail("out of memory");
  events_start();
  settings = target_serve(options->agent_certificate, options->agent_key, options->agent_authority);
  connection_listen(&listener, port, &events);
}

uint32_t agent_running(void) { return running; }
uint32_t agent_published(uint32_t topic, uint32_t lane) { return lane ? 0 : tasks[topic].sent; }
uint64_t agent_sent(void) { return sent; }

static void publish(uint32_t topic, uint64_t due) {
  struct task *task = &tasks[topic];
  struct event event = {.topic = topic, .lane = 0, .sequence = task->sent, .due = due};
  char text[1024];
  int at = snprintf(text, sizeof text,
                    "{\"statusUpdate\":{\"taskId\":\"run-%u\",\"contextId\":\"%s\",\"status\":{\"state\":\"TASK_STATE_WORKING\"},"
                    "\"metadata\":{\"https://signalbox.dev/a2a/extensions/progress/v1\":{\"type\":\"progress\",\"payload\":",
                    topic, task->context);
  event_write(&event, text + at);
  memcpy(text + at + EVENT_SIZE, "}}}}", 4);
  task->sent++;
  sent++;
  send_event(task->call, "", text, (size_t)at + EVENT_SIZE + 4);
}

void agent_warm_up(void) {
  for (uint32_t topic = 0; topic < topics; topic++) publish(topic, now_ns());
}

void agent_schedule(uint64_t begin, uint64_t count) {
  start = begin;
  first = sent;
  last = first + count;
}

uint64_t agent_turn(uint64_t now) {
  while (sent < last) {
    uint64_t due = start + (uint64_t)((double)(sent - first) * 1e9 / rate);
    uint32_t topic = (uint32_t)(sent % topics);
    if (due > now) return due;
    // What it sent before has not left.
    if (tasks[topic].call->connection.unsent) return UINT64_MAX;
    publish(topic, due);
  }
  return UINT64_MAX;
}
