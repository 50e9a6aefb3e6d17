// How the server under test is spoken to: which port and path publishes and which subscribes, and who we are there.
//
// The yardsticks have topics that need not be made (/publish/7, /sse/7, /ws/7). The gateway has tasks: they are opened
// and written to on its agent listener, with a client certificate, and watched on its public one, with a bearer token.
#pragma once

#include "connection.h"
#include "options.h"

struct dialect {
  struct target publish, subscribe;
  /// Where else streams are opened.
  struct target more[PORTS_MAX];
  int more_count;
  /// Whether each event comes inside a record, and the stream says by itself when it is up.
  bool is_gateway;
  /// Whether they come from an agent that the gateway has called, which is us.
  bool has_agent;
};

extern struct dialect dialect;

void dialect_start(const struct options *options);

/// Where a stream is opened: they are spread over all servers.
const struct target *dialect_server_of(int stream);

enum { HEAD_MAX = 4096 };

/// A request for a small answer that needs no right.
size_t dialect_page(char request[HEAD_MAX]);

/// The head of a request that opens a stream, behind what `last_id` names unless it is NULL. Gives its length.
size_t dialect_subscription(char head[HEAD_MAX], uint32_t topic, bool websocket, const char *last_id);

enum { FOLLOWING_MAX = 6 + 125 };

/// The frame by which a WebSocket of the gateway asks for a topic, once it is open.
size_t dialect_following(char frame[FOLLOWING_MAX], uint32_t topic);

/// The head of a request that publishes `events` events in a body of `length` bytes.
size_t dialect_publication(char head[HEAD_MAX], uint32_t topic, int events, size_t length);

/// A whole request that has the agent begin the task of a topic.
size_t dialect_submission(char request[HEAD_MAX], uint32_t topic);

/// What the gateway calls the task of a topic; until it has said so, bench- and the topic.
void dialect_name(uint32_t topic, const char *id);

/// A whole request that makes a topic, or nothing (0) where there is nothing to make.
size_t dialect_opening(char request[HEAD_MAX], uint32_t topic);
