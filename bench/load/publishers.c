#include "publishers.h"

#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "event.h"
#include "response.h"

enum { PUBLISHERS_MAX = 64 };

struct publisher {
  struct connection connection;  // first: a connection's address is its publisher's
  struct response response;
  uint64_t sent;
  bool opened, busy;
};

static struct publisher all[PUBLISHERS_MAX];
static uint64_t count, topics, sent, answered;
static double rate;

// The schedule: event `first` is due at `start`, and the events before `last` are to be sent.
static uint64_t first, last, start;

static void opened(struct connection *connection) { ((struct publisher *)connection)->opened = true; }

static void received(struct connection *connection, const uint8_t *bytes, size_t length) {
  struct publisher *publisher = (struct publisher *)connection;
  size_t taken = response_read(&publisher->response, bytes, length, NULL, NULL);
  if (publisher->response.state == RESPONSE_BROKEN || taken < length || !publisher->busy)
    fail("POST /publish: the answer is not HTTP/1.1");
  if (publisher->response.state != RESPONSE_COMPLETE) return;
  if (publisher->response.status / 100 != 2) fail("POST /publish: status %d", publisher->response.status);
  publisher->busy = false;
  answered++;
}

static void ended(struct connection *connection, const char *why) {
  (void)connection;
  fail("a publisher's connection: %s", why);
}

void publishers_open(const struct options *options) {
  static const struct connection_events events = {opened, received, ended};
  count = (uint64_t)options->publishers;
  topics = (uint64_t)options->topics;
  rate = options->rate;
  events_start();
  for (uint64_t i = 0; i < count; i++) connection_open(&all[i].connection, &events, NULL);
  uint64_t deadline = now_ns() + 10000000000;
  for (uint64_t i = 0; i < count;) {
    if (all[i].opened) i++;
    else connections_turn(deadline);
    if (now_ns() > deadline) fail("the publishers' connections were not opened in 10 seconds");
  }
}

uint32_t publishers_lanes(const struct options *options) {
  return options->publishers > options->topics ? (uint32_t)(options->publishers / options->topics) : 1;
}

uint64_t publishers_sent(void) { return sent; }
uint64_t publishers_answered(void) { return answered; }

// With more publishers than topics, publisher p has topic p mod topics for itself and p / topics is its lane.
// Otherwise publisher p has the topics p, p + publishers, … and sends to them in turn.
uint32_t publishers_published(uint32_t topic, uint32_t lane) {
  if (count > topics) return (uint32_t)all[topic + lane * topics].sent;
  uint64_t turns = topics / count, position = topic / count;
  uint64_t sent_by_its_publisher = all[topic % count].sent;
  return (uint32_t)(sent_by_its_publisher / turns + (sent_by_its_publisher % turns > position));
}

static void publish(struct publisher *publisher, uint64_t index, uint64_t due) {
  uint64_t number = (uint64_t)(publisher - all), topic = index % topics;
  struct event event = {
      .topic = (uint32_t)topic,
      .lane = (uint32_t)(count > topics ? number / topics : 0),
      .sequence = publishers_published((uint32_t)topic, (uint32_t)(count > topics ? number / topics : 0)),
      .due = due,
  };
  char request[EVENT_SIZE + 200];
  int head = snprintf(request, sizeof request,
                      "POST /publish/%u HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      "Content-Length: %d\r\n\r\n", event.topic, EVENT_SIZE);
  event_write(&event, request + head);
  response_begin(&publisher->response);
  publisher->busy = true;
  publisher->sent++;
  sent++;
  connection_send(&publisher->connection, request, (size_t)head + EVENT_SIZE);
}

static uint64_t next_index(const struct publisher *publisher) {
  return (uint64_t)(publisher - all) + publisher->sent * count;
}

void publishers_warm_up(void) {
  uint64_t deadline = now_ns() + 20000000000, events = topics > count ? topics : count;
  while (answered < events) {
    for (uint64_t i = 0; i < count; i++)
      if (!all[i].busy && next_index(&all[i]) < events) publish(&all[i], next_index(&all[i]), now_ns());
    connections_turn(deadline);
    if (now_ns() > deadline)
      fail("only %ju of %ju warm-up events were accepted", (uintmax_t)answered, (uintmax_t)events);
  }
}

void publishers_schedule(uint64_t begin, uint64_t events) {
  start = begin;
  first = sent;
  last = events < UINT64_MAX - first ? first + events : UINT64_MAX;
}

uint64_t publishers_turn(uint64_t now, uint64_t room) {
  uint64_t earliest = UINT64_MAX;
  for (uint64_t i = 0; i < count; i++) {
    struct publisher *publisher = &all[i];
    uint64_t index = next_index(publisher);
    if (publisher->busy || index >= last) continue;
    if (rate <= 0) {
      if (!room) break;
      room--;
      publish(publisher, index, now);
      continue;
    }
    uint64_t due = start + (uint64_t)((double)(index - first) * 1e9 / rate);
    if (due <= now) publish(publisher, index, due);
    else if (due < earliest) earliest = due;
  }
  return earliest;
}
