// Keep-alive GETs in a closed loop: each connection asks again as soon as it has its answer.
#include <stdio.h>
#include <stdlib.h>

#include "connection.h"
#include "dialect.h"
#include "meter.h"
#include "response.h"
#include "roles.h"

struct client {
  struct connection connection;  // first: a connection's address is its client's
  struct response response;
  uint64_t asked;
};

static char request[HEAD_MAX];
static size_t request_length;
static struct histogram latency;
static uint64_t answered;
static int opened_count;
static bool measuring;

static void ask(struct client *client) {
  response_begin(&client->response);
  client->asked = now_ns();
  connection_send(&client->connection, request, request_length);
}

static void opened(struct connection *connection) {
  opened_count++;
  ask((struct client *)connection);
}

static void received(struct connection *connection, const uint8_t *bytes, size_t count) {
  struct client *client = (struct client *)connection;
  size_t taken = response_read(&client->response, bytes, count, NULL, NULL);
  if (client->response.state == RESPONSE_BROKEN || taken < count) fail("GET: the answer is not HTTP/1.1");
  if (client->response.state != RESPONSE_COMPLETE) return;
  if (client->response.status != 200) fail("GET: status %d", client->response.status);
  if (measuring) {
    answered++;
    histogram_add(&latency, now_ns() - client->asked);
  }
  ask(client);
}

static void ended(struct connection *connection, const char *why) {
  (void)connection;
  fail("GET on a keep-alive connection: %s", why);
}

int run_get(const struct options *options) {
  static const struct connection_events events = {opened, received, ended};
  request_length = dialect_page(request);
  struct client *clients = calloc((size_t)options->connections, sizeof *clients);
  uint64_t deadline = now_ns() + 30000000000;
  for (int i = 0; i < options->connections; i++)
    connection_open(&clients[i].connection, &dialect.subscribe, &events, NULL);
  while (opened_count < options->connections) {
    connections_turn(deadline);
    if (now_ns() > deadline) fail("only %d of %d connections were opened", opened_count, options->connections);
  }
  measuring = true;
  struct meter meter = meter_start(&options->server);
  uint64_t until = meter.started + (uint64_t)options->seconds * 1000000000;
  while (now_ns() < until) connections_turn(until);
  meter_report(&meter, answered, &latency);
  puts("");
  return 0;
}
