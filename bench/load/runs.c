// Tasks that the gateway has an agent do: we ask for them, are the agent, and watch each. So one clock times the whole way, from when
// the agent had to send an event to when its watcher has it.
#include <inttypes.h>
#include <stdio.h>

#include "agent.h"
#include "connection.h"
#include "meter.h"
#include "roles.h"
#include "submit.h"
#include "subscribers.h"

static const uint64_t second = 1000000000;

static uint64_t under_way(void) { return agent_sent() - subscribers.verdict.delivered; }

// Waits for everything that was sent. Gives up when nothing has come for three seconds.
static void drain(void) {
  uint64_t before = subscribers.verdict.delivered, give_up = now_ns() + 3 * second;
  while (under_way() && now_ns() < give_up) {
    connections_turn(give_up);
    if (subscribers.verdict.delivered != before) give_up = now_ns() + 3 * second;
    before = subscribers.verdict.delivered;
  }
}

static void wait_for_agent(uint32_t tasks) {
  uint64_t deadline = now_ns() + 60 * second;
  while (agent_running() < tasks) {
    connections_turn(deadline);
    if (now_ns() > deadline) fail("the gateway has given the agent only %u of %u tasks", agent_running(), tasks);
  }
}

static void paced(const struct options *options, uint64_t begin, uint64_t events) {
  uint64_t target = agent_sent() + events, deadline = begin + (uint64_t)(options->seconds + 10) * second;
  agent_schedule(begin, events);
  while (agent_sent() < target && now_ns() < deadline) {
    uint64_t due = agent_turn(now_ns());
    if (agent_sent() < target) connections_turn(due < deadline ? due : deadline);
  }
}

int run_runs(const struct options *options) {
  uint64_t memory = processes_memory_kib(&options->server, "Pss");
  agent_start(options);
  submit_all(options);
  wait_for_agent((uint32_t)options->topics);
  subscribers_make(options, options->connections, 1, agent_published);
  subscribers_open(0, options->connections);
  agent_warm_up();
  drain();
  if (under_way()) fail("of the warm-up, %" PRIu64 " deliveries never came", under_way());

  uint64_t delivered = subscribers.verdict.delivered, sent = agent_sent();
  uint64_t events = (uint64_t)(options->rate * options->seconds);
  struct meter meter = meter_start(&options->server);
  subscribers.measured_from = meter.started;
  paced(options, meter.started, events);
  drain();

  const struct verdict *verdict = &subscribers.verdict;
  uint64_t lost = subscribers_lost(), unsent = events - (agent_sent() - sent);
  meter_report(&meter, verdict->delivered - delivered, &subscribers.latency);
  printf(" pss_kib_each=%.1f published=%" PRIu64 " unsent=%" PRIu64 " lost=%" PRIu64 " duplicated=%" PRIu64
         " reordered=%" PRIu64 " foreign=%" PRIu64 " malformed=%" PRIu64 " ended=%" PRIu64 "\n",
         (double)(processes_memory_kib(&options->server, "Pss") - memory) / options->topics, agent_sent() - sent, unsent, lost,
         verdict->duplicated, verdict->reordered, verdict->foreign, verdict->malformed, subscribers.ended);
  return lost || unsent || verdict->duplicated || verdict->reordered || verdict->foreign || verdict->malformed ||
         subscribers.ended;
}
