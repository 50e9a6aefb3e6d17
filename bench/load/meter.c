#include "meter.h"

#include <stdio.h>

struct meter meter_start(const struct processes *server) {
  struct meter meter = {.server = server};
  for (int i = 0; i < server->count; i++) meter.each_at_start[i] = process_cpu_ns(server->ids[i]);
  meter_go_on(&meter);
  return meter;
}

void meter_go_on(struct meter *meter) {
  meter->started = now_ns();
  meter->server_cpu = processes_cpu_ns(meter->server);
  meter->own_cpu = own_cpu_ns();
  meter->is_paused = false;
}

void meter_pause(struct meter *meter) {
  meter->spent += now_ns() - meter->started;
  meter->server_spent += processes_cpu_ns(meter->server) - meter->server_cpu;
  meter->own_spent += own_cpu_ns() - meter->own_cpu;
  meter->is_paused = true;
}

void meter_report(struct meter *meter, uint64_t units, const struct histogram *latency) {
  if (!meter->is_paused) meter_pause(meter);
  double seconds = (double)meter->spent / 1e9, server = (double)meter->server_spent / 1e9;
  double own = (double)meter->own_spent / 1e9;
  printf("units=%ju seconds=%.3f per_second=%.0f server_cpu=%.4f per_cpu_second=%.0f server_share=%.2f load_share=%.2f",
         (uintmax_t)units, seconds, (double)units / seconds, server, (double)units / server, server / seconds,
         own / seconds);
  // Pauses included: which of several processes works how much.
  for (int i = 0; i < meter->server->count; i++)
    printf(i == 0 ? " cpu_of_each=%.4f" : "/%.4f",
           (double)(process_cpu_ns(meter->server->ids[i]) - meter->each_at_start[i]) / 1e9);
  if (latency && latency->count)
    printf(" p50_ms=%.3f p99_ms=%.3f max_ms=%.3f", histogram_percentile_ms(latency, 0.5),
           histogram_percentile_ms(latency, 0.99), (double)latency->max / 1e6);
}
