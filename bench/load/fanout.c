// Events to many streams: published by this process, checked and timed where they arrive.
//
// Latency is charged to the schedule: from when the event had to be sent, not from when it was. A server that keeps
// its publishers waiting cannot hide it.
#include <inttypes.h>
#include <stdio.h>

#include "connection.h"
#include "meter.h"
#include "publishers.h"
#include "roles.h"
#include "subscribers.h"

static const uint64_t second = 1000000000;

// Deliveries that are still to come.
static uint64_t under_way(uint64_t streams_per_topic) {
  uint64_t expected = publishers_sent() * streams_per_topic, got = subscribers.verdict.delivered;
  return expected > got ? expected - got : 0;
}

// Waits for everything that was published. Gives up when nothing has come for three seconds.
static void drain(uint64_t streams_per_topic) {
  uint64_t before = 0, give_up = now_ns() + 3 * second;
  while ((under_way(streams_per_topic) || publishers_answered() < publishers_sent()) && now_ns() < give_up) {
    connections_turn(give_up);
    if (subscribers.verdict.delivered != before) give_up = now_ns() + 3 * second;
    before = subscribers.verdict.delivered;
  }
}

static void paced(const struct options *options, uint64_t start) {
  uint64_t events = (uint64_t)(options->rate * options->seconds), target = publishers_sent() + events;
  // A server that cannot keep up gets some time beyond the schedule, and not for ever.
  uint64_t deadline = start + (uint64_t)(options->seconds + 10) * second;
  publishers_schedule(start, events);
  while (publishers_sent() < target && now_ns() < deadline) {
    uint64_t next = publishers_turn(now_ns(), 0);
    if (publishers_sent() < target) connections_turn(next < deadline ? next : deadline);
  }
}

static void saturated(const struct options *options, uint64_t start, uint64_t streams_per_topic) {
  uint64_t until = start + (uint64_t)options->seconds * second;
  uint64_t window = (uint64_t)options->window * (uint64_t)options->topics;
  publishers_schedule(start, UINT64_MAX);
  while (now_ns() < until) {
    uint64_t out = (under_way(streams_per_topic) + streams_per_topic - 1) / streams_per_topic;
    publishers_turn(now_ns(), out < window ? window - out : 0);
    connections_turn(until);
  }
}

static void hold(void) {
  char line[16];
  puts("established");
  if (!fgets(line, sizeof line, stdin)) fail("standard input was closed while we were to wait for a line");
}

int run_fanout(const struct options *options) {
  uint64_t streams_per_topic = (uint64_t)(options->connections / options->topics);
  publishers_open(options);
  subscribers_make(options, options->connections, publishers_lanes(options), publishers_published);
  subscribers_open(0, options->connections);
  publishers_warm_up();
  drain(streams_per_topic);
  if (under_way(streams_per_topic))
    fail("of the warm-up, %" PRIu64 " deliveries never came", under_way(streams_per_topic));
  if (options->hold) hold();

  uint64_t delivered_before = subscribers.verdict.delivered, sent_before = publishers_sent();
  struct meter meter = meter_start(&options->server);
  subscribers.measured_from = meter.started;
  if (options->rate > 0) paced(options, meter.started);
  else saturated(options, meter.started, streams_per_topic);
  drain(streams_per_topic);

  const struct verdict *verdict = &subscribers.verdict;
  uint64_t lost = subscribers_lost();
  uint64_t unsent = 0;
  if (options->rate > 0) unsent = (uint64_t)(options->rate * options->seconds) - (publishers_sent() - sent_before);
  meter_report(&meter, verdict->delivered - delivered_before, &subscribers.latency);
  printf(" published=%" PRIu64 " unsent=%" PRIu64 " lost=%" PRIu64 " duplicated=%" PRIu64 " reordered=%" PRIu64
         " foreign=%" PRIu64 " malformed=%" PRIu64 " ended=%" PRIu64 "\n",
         publishers_sent() - sent_before, unsent, lost, verdict->duplicated, verdict->reordered, verdict->foreign,
         verdict->malformed, subscribers.ended);
  return lost || unsent || verdict->duplicated || verdict->reordered || verdict->foreign || verdict->malformed ||
         subscribers.ended;
}
