// What must be true of the events that one subscriber got: each once, in order, and none of another topic.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// The totals over all subscribers.
struct verdict {
  uint64_t delivered;   // each event once
  uint64_t duplicated;  // came again
  uint64_t reordered;   // came after a later one
  uint64_t foreign;     // of another topic, or never published
  uint64_t malformed;   // bytes that are no event of this run
  uint64_t missing;     // passed over and not seen since
};

/// One subscriber's view of one publisher.
struct lane {
  uint32_t next;    // the sequence number that is due
  uint64_t recent;  // bit i: number next - 1 - i has come
};

/// Takes note of an event. True when it had not come before.
bool lane_take(struct lane *lane, uint32_t sequence, struct verdict *verdict);
