// What one measurement costs: the server's CPU time and ours, between two moments.
#pragma once

#include "histogram.h"
#include "options.h"

struct meter {
  const struct processes *server;
  uint64_t started, server_cpu, own_cpu;
};

struct meter meter_start(const struct processes *server);

/// Ends the measurement and prints its line up to, and without, the newline: how many units were done, in what time,
/// at what cost, with what latency.
void meter_report(const struct meter *meter, uint64_t units, const struct histogram *latency);
