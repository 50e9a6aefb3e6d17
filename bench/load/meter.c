#include "meter.h"

#include <stdio.h>

struct meter meter_start(const struct processes *server) {
  return (struct meter){server, now_ns(), processes_cpu_ns(server), own_cpu_ns()};
}

void meter_report(const struct meter *meter, uint64_t units, const struct histogram *latency) {
  double seconds = (double)(now_ns() - meter->started) / 1e9;
  double server = (double)(processes_cpu_ns(meter->server) - meter->server_cpu) / 1e9;
  double own = (double)(own_cpu_ns() - meter->own_cpu) / 1e9;
  printf("units=%ju seconds=%.3f per_second=%.0f server_cpu=%.4f per_cpu_second=%.0f server_share=%.2f load_share=%.2f",
         (uintmax_t)units, seconds, (double)units / seconds, server, (double)units / server, server / seconds,
         own / seconds);
  if (latency && latency->count)
    printf(" p50_ms=%.3f p99_ms=%.3f max_ms=%.3f", histogram_percentile_ms(latency, 0.5),
           histogram_percentile_ms(latency, 0.99), (double)latency->max / 1e6);
}
