// The keep-alive connections over which `fanout` publishes, and the schedule of what they send.
//
// Request k goes to topic k mod topics, over publisher k mod publishers, and brings a batch of events (one, mostly).
// Each publisher has one request under way, so the events of one publisher in one topic (a lane) have an order that the
// server must keep.
#pragma once

#include "histogram.h"
#include "options.h"

/// Opens the connections, makes the topics, and comes back when all are there.
void publishers_open(const struct options *options);

/// How many publishers share a topic.
uint32_t publishers_lanes(const struct options *options);

/// How many events a lane has sent so far.
uint32_t publishers_published(uint32_t topic, uint32_t lane);

/// Events sent, and those whose answers came.
uint64_t publishers_sent(void);
uint64_t publishers_answered(void);

/// From requests to their answers, of all requests sent while this is not NULL.
extern struct histogram *publishers_latency;

/// Sends each topic one request of each of its publishers.
void publishers_warm_up(void);

/// Starts the schedule: `count` events from now on, at the rate of the options.
void publishers_schedule(uint64_t start, uint64_t count);

/// Sends what is due, or, without a rate, what `room` allows. Gives when the next event is due (UINT64_MAX: none
/// that could be sent before something else happens).
uint64_t publishers_turn(uint64_t now, uint64_t room);
