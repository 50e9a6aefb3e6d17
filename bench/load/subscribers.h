// The streams of `fanout`, `idle` and `resume`, and what came over them.
#pragma once

#include "check.h"
#include "histogram.h"
#include "options.h"

struct subscribers {
  struct verdict verdict;
  struct histogram latency;  // of the events that were due after `measured_from`
  uint64_t measured_from;
  uint64_t ended;      // streams that the server closed
  uint64_t caught_up;  // streams that came back and have what they had missed
  struct histogram return_latency;  // of these, from when they began
};

extern struct subscribers subscribers;

/// Makes room for `streams`, which are not open yet. `lanes` is how many publishers a topic has, and `published` gives
/// how many events a lane has sent so far.
void subscribers_make(const struct options *options, int streams, uint32_t lanes,
                      uint32_t (*published)(uint32_t topic, uint32_t lane));

/// Opens streams, some at a time, and comes back when the server has accepted each.
void subscribers_open(int first, int end);

/// Shakes hands for the streams 0 to `end` and asks for nothing yet; comes back when all have.
void subscribers_connect(int end);

/// The streams 0 to `end` ask to go on behind `last_id`, where each lane has sent as many events as `from` says, and
/// wait for `missed` events. Those that are not connected connect first, all at once.
void subscribers_return(int end, const char *last_id, const uint32_t *from, uint64_t missed);

/// Closes the streams 0 to `end`; what has not come to them is lost.
void subscribers_close(int end);

/// What a stream would go on behind.
const char *subscribers_last_id(int stream);

/// Events that were published and have not come to an open stream, or to a closed one while it was open, as of now.
uint64_t subscribers_lost(void);
