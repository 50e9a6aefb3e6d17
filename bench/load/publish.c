// Publishing by itself, as fast as the publishers get their answers: nobody watches.
#include <stdio.h>

#include "connection.h"
#include "meter.h"
#include "publishers.h"
#include "roles.h"

int run_publish(const struct options *options) {
  static struct histogram latency;
  publishers_open(options);
  publishers_warm_up();
  uint64_t before = publishers_answered();
  publishers_latency = &latency;
  struct meter meter = meter_start(&options->server);
  uint64_t until = meter.started + (uint64_t)options->seconds * 1000000000;
  publishers_schedule(meter.started, UINT64_MAX);
  while (now_ns() < until) {
    publishers_turn(now_ns(), UINT64_MAX);
    connections_turn(until);
  }
  meter_report(&meter, publishers_answered() - before, &latency);
  puts("");
  return 0;
}
