#include "publishers.h"

#include <string.h>

#include "connection.h"
#include "dialect.h"
#include "event.h"
#include "response.h"

enum { PUBLISHERS_MAX = 64, BATCH_MAX = 100 };

struct publisher {
  struct connection connection;  // first: a connection's address is its publisher's
  struct response response;
  uint64_t sent;   // requests with events
  uint64_t asked;  // when the last one was sent
  bool opened, busy;
};

struct histogram *publishers_latency;
static struct publisher all[PUBLISHERS_MAX];
static uint64_t count, topics, batch, sent, answered;
static double rate;  // of requests

// The schedule: request `first` is due at `start`, and the requests before `last` are to be sent.
static uint64_t first, last, start;

static void opened(struct connection *connection) { ((struct publisher *)connection)->opened = true; }

static void received(struct connection *connection, const uint8_t *bytes, size_t length) {
  struct publisher *publisher = (struct publisher *)connection;
  size_t taken = response_read(&publisher->response, bytes, length, NULL, NULL);
  if (publisher->response.state == RESPONSE_BROKEN || taken < length || !publisher->busy)
    fail("publishing: the answer is not HTTP/1.1");
  if (publisher->response.state != RESPONSE_COMPLETE) return;
  if (publisher->response.status / 100 != 2) fail("publishing: status %d", publisher->response.status);
  if (publishers_latency) histogram_add(publishers_latency, now_ns() - publisher->asked);
  publisher->busy = false;
  answered++;
}

static void ended(struct connection *connection, const char *why) {
  (void)connection;
  fail("a publisher's connection: %s", why);
}

static void send_request(struct publisher *publisher, const char *bytes, size_t length) {
  response_begin(&publisher->response);
  publisher->busy = true;
  publisher->asked = now_ns();
  connection_send(&publisher->connection, bytes, length);
}

static void make_topics(void) {
  char request[HEAD_MAX];
  if (!dialect_opening(request, 0)) return;
  uint64_t deadline = now_ns() + 20000000000, next = 0;
  while (answered < topics) {
    for (uint64_t i = 0; i < count && next < topics; i++)
      if (!all[i].busy) {
        size_t length = dialect_opening(request, (uint32_t)next++);
        send_request(&all[i], request, length);
      }
    connections_turn(deadline);
    if (now_ns() > deadline) fail("only %ju of %ju tasks were opened", (uintmax_t)answered, (uintmax_t)topics);
  }
  answered = 0;
}

void publishers_open(const struct options *options) {
  static const struct connection_events events = {opened, received, ended};
  count = (uint64_t)options->publishers;
  topics = (uint64_t)options->topics;
  batch = (uint64_t)options->batch;
  rate = options->rate / options->batch;
  events_start();
  for (uint64_t i = 0; i < count; i++) connection_open(&all[i].connection, &dialect.publish, &events, NULL);
  uint64_t deadline = now_ns() + 10000000000;
  for (uint64_t i = 0; i < count;) {
    if (all[i].opened) i++;
    else connections_turn(deadline);
    if (now_ns() > deadline) fail("the publishers' connections were not opened in 10 seconds");
  }
  make_topics();
}

uint32_t publishers_lanes(const struct options *options) {
  return options->publishers > options->topics ? (uint32_t)(options->publishers / options->topics) : 1;
}

uint64_t publishers_sent(void) { return sent * batch; }
uint64_t publishers_answered(void) { return answered * batch; }

// With more publishers than topics, publisher p has topic p mod topics for itself and p / topics is its lane.
// Otherwise publisher p has the topics p, p + publishers, … and sends to them in turn.
uint32_t publishers_published(uint32_t topic, uint32_t lane) {
  if (count > topics) return (uint32_t)(all[topic + lane * topics].sent * batch);
  uint64_t turns = topics / count, position = topic / count;
  uint64_t sent_by_its_publisher = all[topic % count].sent;
  return (uint32_t)((sent_by_its_publisher / turns + (sent_by_its_publisher % turns > position)) * batch);
}

static void publish(struct publisher *publisher, uint64_t index, uint64_t due) {
  static char request[HEAD_MAX + BATCH_MAX * (EVENT_SIZE + 1)];
  uint64_t number = (uint64_t)(publisher - all);
  struct event event = {
      .topic = (uint32_t)(index % topics), .lane = (uint32_t)(count > topics ? number / topics : 0), .due = due};
  event.sequence = publishers_published(event.topic, event.lane);
  // Between two events is a line end.
  size_t body = (size_t)batch * (EVENT_SIZE + 1) - 1;
  size_t head = dialect_publication(request, event.topic, (int)batch, body), at = head;
  for (uint64_t i = 0; i < batch; i++, event.sequence++) {
    if (i) request[at++] = '\n';
    event_write(&event, request + at);
    at += EVENT_SIZE;
  }
  publisher->sent++;
  sent++;
  send_request(publisher, request, at);
}

static uint64_t next_index(const struct publisher *publisher) {
  return (uint64_t)(publisher - all) + publisher->sent * count;
}

void publishers_warm_up(void) {
  uint64_t deadline = now_ns() + 20000000000, requests = topics > count ? topics : count;
  while (answered < requests) {
    for (uint64_t i = 0; i < count; i++)
      if (!all[i].busy && next_index(&all[i]) < requests) publish(&all[i], next_index(&all[i]), now_ns());
    connections_turn(deadline);
    if (now_ns() > deadline)
      fail("only %ju of %ju warm-up events were accepted", (uintmax_t)answered, (uintmax_t)requests);
  }
}

void publishers_schedule(uint64_t begin, uint64_t events) {
  start = begin;
  first = sent;
  last = events / batch < UINT64_MAX - first ? first + events / batch : UINT64_MAX;
}

uint64_t publishers_turn(uint64_t now, uint64_t room) {
  uint64_t earliest = UINT64_MAX;
  for (uint64_t i = 0; i < count; i++) {
    struct publisher *publisher = &all[i];
    uint64_t index = next_index(publisher);
    if (publisher->busy || index >= last) continue;
    if (rate <= 0) {
      if (room < batch) break;
      room -= batch;
      publish(publisher, index, now);
      continue;
    }
    uint64_t due = start + (uint64_t)((double)(index - first) * 1e9 / rate);
    if (due <= now) publish(publisher, index, due);
    else if (due < earliest) earliest = due;
  }
  return earliest;
}
