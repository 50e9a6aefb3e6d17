// A new connection for each GET, some under way at any time. Latency runs from connect to the end of the answer.
#include <stdio.h>
#include <stdlib.h>

#include "connection.h"
#include "dialect.h"
#include "meter.h"
#include "response.h"
#include "roles.h"

struct visitor {
  struct connection connection;  // first: a connection's address is its visitor's
  struct response response;
  SSL_SESSION *session;  // of the connection before, if it is to be resumed
  uint64_t began;
};

static char request[HEAD_MAX];
static size_t request_length;
static const struct connection_events events;
static struct histogram latency;
static uint64_t visits, resumptions;
static bool resumes, measuring;

static void visit(struct visitor *visitor) {
  response_begin(&visitor->response);
  visitor->began = now_ns();
  connection_open(&visitor->connection, &dialect.subscribe, &events, visitor->session);
}

static void opened(struct connection *connection) { connection_send(connection, request, request_length); }

static void received(struct connection *connection, const uint8_t *bytes, size_t count) {
  struct visitor *visitor = (struct visitor *)connection;
  response_read(&visitor->response, bytes, count, NULL, NULL);
  if (visitor->response.state == RESPONSE_BROKEN) fail("GET: the answer is not HTTP/1.1");
  if (visitor->response.state != RESPONSE_COMPLETE) return;
  if (visitor->response.status != 200) fail("GET: status %d", visitor->response.status);
  if (measuring) {
    visits++;
    if (SSL_session_reused(connection->tls)) resumptions++;
    histogram_add(&latency, now_ns() - visitor->began);
  }
  connection_close(connection);
  visit(visitor);
}

static void ended(struct connection *connection, const char *why) {
  (void)connection;
  fail("a new connection: %s", why);
}

static const struct connection_events events = {opened, received, ended};

static void keep_session(struct connection *connection, SSL_SESSION *session) {
  struct visitor *visitor = (struct visitor *)connection;
  SSL_SESSION_free(visitor->session);
  visitor->session = session;
}

int run_handshake(const struct options *options) {
  request_length = dialect_page(request);
  struct visitor *visitors = calloc((size_t)options->connections, sizeof *visitors);
  resumes = options->resumed;
  if (resumes) connections_keep_sessions(keep_session);
  for (int i = 0; i < options->connections; i++) visit(&visitors[i]);
  // A warm-up, in which each visitor gets its first ticket.
  uint64_t warm = now_ns() + 300000000;
  while (now_ns() < warm) connections_turn(warm);
  measuring = true;
  struct meter meter = meter_start(&options->server);
  uint64_t until = meter.started + (uint64_t)options->seconds * 1000000000;
  while (now_ns() < until) connections_turn(until);
  meter_report(&meter, visits, &latency);
  printf(" resumed=%ju\n", (uintmax_t)resumptions);
  bool as_asked = resumes ? resumptions * 100 >= visits * 95 : resumptions == 0;
  if (!as_asked)
    fprintf(stderr, "load: %ju of %ju connections were resumed\n", (uintmax_t)resumptions, (uintmax_t)visits);
  return visits && as_asked ? 0 : 1;
}
