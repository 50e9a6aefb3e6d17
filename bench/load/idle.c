// Streams on which nothing happens: what each costs in memory, and what it cost to open it.
#include <stdio.h>

#include "connection.h"
#include "meter.h"
#include "publishers.h"
#include "roles.h"
#include "subscribers.h"

static uint32_t nothing_published(uint32_t topic, uint32_t lane) {
  (void)topic;
  (void)lane;
  return 0;
}

static double kib_each(uint64_t before, uint64_t after, int streams) {
  return ((double)after - (double)before) / streams;
}

int run_idle(const struct options *options) {
  const struct processes *server = &options->server;
  subscribers_make(options, options->connections, 1, nothing_published);
  publishers_open(options);
  uint64_t pss = processes_memory_kib(server, "Pss"), anonymous = processes_memory_kib(server, "Pss_Anon");
  struct meter meter = meter_start(server);
  subscribers_open(0, options->connections);
  meter_report(&meter, (uint64_t)options->connections, NULL);
  // What is freed soon after a handshake may be freed.
  uint64_t until = now_ns() + 1000000000;
  while (now_ns() < until) connections_turn(until);
  printf(" pss_kib_each=%.1f anonymous_kib_each=%.1f ended=%ju\n",
         kib_each(pss, processes_memory_kib(server, "Pss"), options->connections),
         kib_each(anonymous, processes_memory_kib(server, "Pss_Anon"), options->connections),
         (uintmax_t)subscribers.ended);
  return subscribers.ended != 0;
}
