// Streams that come back, all at once, and get what they have missed.
//
// One stream, the last, stays: what it has shown last is where the others go on. In each round events are published
// while they are away, they come back, and one event more shows that they follow again. Only the coming back is
// measured: from the requests on, or, where connections are what matters, from the first SYN.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "meter.h"
#include "publishers.h"
#include "roles.h"
#include "subscribers.h"

static const uint64_t patience = 10000000000;
enum { LANES_MAX = 64 };

// Turns until a number is reached; fails when it has not moved for a long time.
static void wait_for(const uint64_t *number, uint64_t wanted, const char *what) {
  uint64_t before = *number, deadline = now_ns() + patience;
  while (*number < wanted) {
    publishers_turn(now_ns(), 64);
    connections_turn(deadline < now_ns() + 1000000 ? deadline : now_ns() + 1000000);
    if (*number != before) deadline = now_ns() + patience;
    before = *number;
    if (now_ns() > deadline) fail("%s: only %" PRIu64 " of %" PRIu64, what, *number, wanted);
  }
}

// Publishes events and comes back when each of the streams that are open has all of them.
static void publish(uint64_t events, uint64_t streams) {
  uint64_t wanted = subscribers.verdict.delivered + events * streams;
  publishers_schedule(now_ns(), events);
  wait_for(&subscribers.verdict.delivered, wanted, "delivered of what was published");
}

int run_resume(const struct options *options) {
  int streams = options->connections;
  uint32_t lanes = publishers_lanes(options), from[LANES_MAX];
  uint64_t missed = (uint64_t)options->missed, rounds = 0;
  publishers_open(options);
  subscribers_make(options, streams + 1, lanes, publishers_published);
  subscribers_open(streams, streams + 1);
  publish(1, 1);

  uint64_t until = now_ns() + (uint64_t)options->seconds * 1000000000;
  struct meter meter = meter_start(&options->server);
  meter_pause(&meter);
  for (; now_ns() < until; rounds++) {
    char last_id[64];
    for (uint32_t lane = 0; lane < lanes; lane++) from[lane] = publishers_published(0, lane);
    strcpy(last_id, subscribers_last_id(streams));
    if (!last_id[0]) fail("the events of this server have no id, so that no stream can go on behind one");
    publish(missed, 1);
    if (!options->reconnects) subscribers_connect(streams);
    meter_go_on(&meter);
    subscribers_return(streams, last_id, from, missed);
    wait_for(&subscribers.caught_up, (rounds + 1) * (uint64_t)streams, "streams that have caught up");
    meter_pause(&meter);
    publish(1, (uint64_t)streams + 1);
    subscribers_close(streams);
  }

  const struct verdict *verdict = &subscribers.verdict;
  uint64_t lost = subscribers_lost(), returns = rounds * (uint64_t)streams;
  meter_report(&meter, options->reconnects ? returns : returns * missed, &subscribers.return_latency);
  printf(" rounds=%" PRIu64 " lost=%" PRIu64 " duplicated=%" PRIu64 " reordered=%" PRIu64 " foreign=%" PRIu64
         " malformed=%" PRIu64 " ended=%" PRIu64 "\n",
         rounds, lost, verdict->duplicated, verdict->reordered, verdict->foreign, verdict->malformed,
         subscribers.ended);
  return lost || verdict->duplicated || verdict->reordered || verdict->foreign || verdict->malformed ||
         subscribers.ended;
}
