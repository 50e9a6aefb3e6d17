// The event that travels: 300 bytes of JSON whose every byte is known, with fields of fixed width.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EVENT_SIZE = 300 };

struct event {
  uint32_t topic;
  uint32_t lane;      // which of the topic's publishers sent it: order is promised per publisher
  uint32_t sequence;  // 0, 1, 2, … of this lane
  uint64_t due;       // when it had to be sent, in nanoseconds of the monotonic clock
};

/// Chooses the mark by which this process knows its own events from those of an earlier one.
void events_start(void);

void event_write(const struct event *event, char text[EVENT_SIZE]);

/// False when one byte is not as it was written, or the event is of another process.
bool event_read(const char text[EVENT_SIZE], struct event *event);

/// Finds events in a body that may hold several, in any pieces.
struct event_scanner {
  uint16_t filled;
  char text[EVENT_SIZE];
};

/// What a scanner tells: a whole event of 300 bytes, or NULL for bytes that belong to none.
typedef void event_found(void *context, const char *text);

void scanner_read(struct event_scanner *scanner, const uint8_t *bytes, size_t count, event_found *found,
                  void *context);

/// A message or a data line is over: half an event must not be left.
void scanner_end(struct event_scanner *scanner, event_found *found, void *context);
