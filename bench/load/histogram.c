#include "histogram.h"

// Values below 64 have a bucket each; above, the six bits after the highest one choose it.
static int bucket_of(uint64_t value) {
  if (value < HISTOGRAM_STEPS) return (int)value;
  int shift = 57 - __builtin_clzll(value);
  int bucket = (shift + 1) * HISTOGRAM_STEPS + (int)((value >> shift) - HISTOGRAM_STEPS);
  return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

static uint64_t upper_end(int bucket) {
  if (bucket < HISTOGRAM_STEPS) return (uint64_t)bucket;
  int shift = bucket / HISTOGRAM_STEPS - 1;
  return ((uint64_t)(HISTOGRAM_STEPS + bucket % HISTOGRAM_STEPS + 1) << shift) - 1;
}

void histogram_add(struct histogram *histogram, uint64_t nanoseconds) {
  histogram->counts[bucket_of(nanoseconds)]++;
  histogram->count++;
  if (nanoseconds > histogram->max) histogram->max = nanoseconds;
}

double histogram_percentile_ms(const struct histogram *histogram, double share) {
  uint64_t wanted = (uint64_t)(share * (double)histogram->count), below = 0;
  for (int bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
    below += histogram->counts[bucket];
    if (below > wanted) {
      uint64_t end = upper_end(bucket);
      return (double)(end < histogram->max ? end : histogram->max) / 1e6;
    }
  }
  return (double)histogram->max / 1e6;
}
