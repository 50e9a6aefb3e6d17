// The streams of `fanout` and `idle`, and what came over them.
#pragma once

#include "check.h"
#include "histogram.h"
#include "options.h"

struct subscribers {
  struct verdict verdict;
  struct histogram latency;  // of the events that were due after `measured_from`
  uint64_t measured_from;
  uint64_t ended;  // streams that the server closed
};

extern struct subscribers subscribers;

/// Opens all streams, some at a time, and comes back when the server has accepted each. `lanes` is how many publishers
/// a topic has, and `published` gives how many events a lane has sent so far.
void subscribers_open(const struct options *options, uint32_t lanes,
                      uint32_t (*published)(uint32_t topic, uint32_t lane));

/// Events that were published and have not come to a subscriber at all, as of now.
uint64_t subscribers_lost(void);
