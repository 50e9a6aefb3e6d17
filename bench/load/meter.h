// What one measurement costs: the server's CPU time and ours, between two moments or over several such spans.
#pragma once

#include "histogram.h"
#include "options.h"

struct meter {
  const struct processes *server;
  uint64_t started, server_cpu, own_cpu;    // at the begin of this span
  uint64_t spent, server_spent, own_spent;  // in the spans before
  bool is_paused;
  uint64_t each_at_start[PROCESSES_MAX];
};

struct meter meter_start(const struct processes *server);

/// Ends a span: what happens until `meter_go_on` does not count.
void meter_pause(struct meter *meter);
void meter_go_on(struct meter *meter);

/// Ends the measurement and prints its line up to, and without, the newline: how many
/// units were done, in what time, at what cost, with what latency.
void meter_report(struct meter *meter, uint64_t units, const struct histogram *latency);
