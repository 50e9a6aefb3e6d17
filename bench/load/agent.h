// The agent that the gateway calls in `runs`: A2A 1.0 over HTTP+JSON, no more of it than a card and streams of messages.
//
// A task is asked for with the text "run N."; N is its topic. It never ends by itself. Event k of the schedule is of topic
// k mod topics, and is a status update with a report of progress, whose payload is the event that is checked on arrival.
#pragma once

#include "options.h"

/// Listens.
void agent_start(const struct options *options);

/// Tasks that have been asked for, and have been answered with their first event.
uint32_t agent_running(void);

/// How many events a topic has sent so far. There is one lane.
uint32_t agent_published(uint32_t topic, uint32_t lane);
uint64_t agent_sent(void);

/// Sends each topic one event.
void agent_warm_up(void);

/// Starts the schedule: `count` events from `start` on, at the rate of the options.
void agent_schedule(uint64_t start, uint64_t count);

/// Sends what is due; gives when the next event is due (UINT64_MAX: none that could be sent before something else happens).
uint64_t agent_turn(uint64_t now);
