#include "submit.h"

#include <string.h>

#include "connection.h"
#include "dialect.h"
#include "response.h"

enum { SUBMITTERS = 16, BODY_MAX = 1024 };

struct submitter {
  struct connection connection;  // first: a connection's address is its submitter's
  struct response response;
  uint32_t topic;
  size_t filled;
  char body[BODY_MAX + 1];
};

static struct submitter all[SUBMITTERS];
static uint32_t topics, next, named;

static void submit(struct submitter *submitter) {
  char request[HEAD_MAX];
  if (next == topics) return;
  submitter->topic = next++;
  submitter->filled = 0;
  response_begin(&submitter->response);
  size_t length = dialect_submission(request, submitter->topic);
  connection_send(&submitter->connection, request, length);
}

static void opened(struct connection *connection) { submit((struct submitter *)connection); }

static void read_body(void *context, const uint8_t *bytes, size_t length) {
  struct submitter *submitter = context;
  if (submitter->filled + length > BODY_MAX) fail("the answer to a task is longer than %d bytes", BODY_MAX);
  memcpy(submitter->body + submitter->filled, bytes, length);
  submitter->filled += length;
  submitter->body[submitter->filled] = '\0';
}

static void take_name(struct submitter *submitter) {
  char *id = strstr(submitter->body, "\"id\":\"");
  if (submitter->response.status != 201 || !id)
    fail("a task was not begun: status %d, %s", submitter->response.status, submitter->body);
  id += 6;
  id[strcspn(id, "\"")] = '\0';
  dialect_name(submitter->topic, id);
  named++;
}

static void received(struct connection *connection, const uint8_t *bytes, size_t length) {
  struct submitter *submitter = (struct submitter *)connection;
  size_t taken = response_read(&submitter->response, bytes, length, read_body, submitter);
  if (submitter->response.state == RESPONSE_BROKEN || taken < length) fail("the answer to a task is not HTTP/1.1");
  if (submitter->response.state != RESPONSE_COMPLETE) return;
  take_name(submitter);
  submit(submitter);
}

static void ended(struct connection *connection, const char *why) {
  (void)connection;
  if (named < topics) fail("a connection on which tasks are begun: %s", why);
}

void submit_all(const struct options *options) {
  static const struct connection_events events = {opened, received, ended};
  topics = (uint32_t)options->topics;
  uint64_t deadline = now_ns() + 60000000000;
  for (int i = 0; i < SUBMITTERS; i++) connection_open(&all[i].connection, &dialect.subscribe, &events, NULL);
  while (named < topics) {
    connections_turn(deadline);
    if (now_ns() > deadline) fail("only %u of %u tasks were begun in a minute", named, topics);
  }
  for (int i = 0; i < SUBMITTERS; i++) connection_close(&all[i].connection);
}
