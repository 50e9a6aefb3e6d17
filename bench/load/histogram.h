// Latencies in a fixed number of buckets: 64 for each power of two, so a percentile is right to 1.6 %.
#pragma once

#include <stdint.h>

enum { HISTOGRAM_STEPS = 64, HISTOGRAM_BUCKETS = 40 * HISTOGRAM_STEPS };

struct histogram {
  uint64_t counts[HISTOGRAM_BUCKETS];
  uint64_t count, max;
};

void histogram_add(struct histogram *histogram, uint64_t nanoseconds);

/// The upper end of the bucket that holds this share (0.5, 0.99) of the values, in milliseconds.
double histogram_percentile_ms(const struct histogram *histogram, double share);
