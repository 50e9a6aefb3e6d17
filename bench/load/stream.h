// The two kinds of event stream, from any pieces of bytes to whole events.
#pragma once

#include "event.h"

/// Server-sent events: lines. An event that has a name is about the stream and not of the run.
struct sse {
  /// Where the events are.
  enum {
    /// They are the data.
    SSE_PLAIN,
    /// In records, each in a member `data` behind others.
    SSE_RECORDS,
    /// In what an agent reports, deeper inside a record; records without a report are not of the run.
    SSE_REPORTS
  } form;

  enum { SSE_NAME, SSE_EVENT, SSE_ID, SSE_RECORD, SSE_DATA, SSE_SKIP } state;
  uint16_t filled;
  char line[640];    // a name, a short value, or what stands before the event in a record
  char event[16];    // the name of the event that is being read
  char id[48];       // and its id
  char last_id[48];  // of the last whole event that had one: what the stream goes on behind
  /// The stream has said that it is up (`event: resume`), or that it ends (`event: bye`).
  bool has_resumed, has_ended;
  struct event_scanner scanner;
};

void sse_read(struct sse *sse, const uint8_t *bytes, size_t count, event_found *found, void *context);

/// WebSocket frames of a server: not masked, in fragments or not.
struct websocket {
  /// Whether messages are the gateway's: events are in records, each in a member `data` behind others, and other messages are about the stream.
  bool has_records;
  /// The gateway has said that the stream is up.
  bool has_resumed;
  /// How much of a record's member name, of the mark of a record that the gateway wrote by itself, and of its word for "up", was read; and
  /// how much of an event is still to come.
  uint8_t member_matched, own_matched, up_matched;
  uint16_t event_left;
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
