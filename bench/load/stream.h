// The two kinds of event stream, from any pieces of bytes to whole events.
#pragma once

#include "event.h"

/// Server-sent events: lines. Only `data:` lines matter here.
struct sse {
  enum { SSE_NAME, SSE_DATA, SSE_SKIP } state;
  uint8_t matched;  // how much of "data:" has been read
  struct event_scanner scanner;
};

void sse_read(struct sse *sse, const uint8_t *bytes, size_t count, event_found *found, void *context);

/// WebSocket frames of a server: not masked, in fragments or not.
struct websocket {
  enum { FRAME_HEAD, FRAME_PAYLOAD } state;
  uint8_t head[10], filled;
  bool is_final, is_control;
  uint64_t left;
  struct event_scanner scanner;
  uint8_t control[125], control_filled;
};

enum websocket_demand { WEBSOCKET_NOTHING, WEBSOCKET_PONG, WEBSOCKET_CLOSED, WEBSOCKET_BROKEN };

/// Reads frames; gives what the client has to do. After WEBSOCKET_PONG the payload to send back is in `control`.
enum websocket_demand websocket_read(struct websocket *websocket, const uint8_t *bytes, size_t count,
                                     event_found *found, void *context);
