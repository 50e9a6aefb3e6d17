#include <string.h>

#include "stream.h"

// The member of a record that holds the event, that of a report which does, and the mark of a record that the gateway wrote by itself.
static const char record_member[] = ",\"data\":", report_member[] = ",\"payload\":", own[] = "\"origin\":\"gateway\"";

static bool is_line(const struct sse *sse, const char *text) {
  return sse->filled == strlen(text) && memcmp(sse->line, text, sse->filled) == 0;
}

// Behind the colon: what the field's value is to be read as.
static void begin_value(struct sse *sse) {
  if (is_line(sse, "data")) sse->state = sse->event[0] ? SSE_SKIP : sse->form == SSE_PLAIN ? SSE_DATA : SSE_RECORD;
  else if (is_line(sse, "event")) sse->state = SSE_EVENT;
  else if (is_line(sse, "id")) sse->state = SSE_ID;
  else sse->state = SSE_SKIP;
  sse->filled = 0;
}

static void keep_value(const struct sse *sse, char *place, size_t room) {
  size_t start = sse->filled && sse->line[0] == ' ', length = sse->filled - start;
  if (length >= room) length = room - 1;
  memcpy(place, sse->line + start, length);
  place[length] = '\0';
}

static void end_event(struct sse *sse) {
  if (strcmp(sse->event, "resume") == 0) sse->has_resumed = true;
  if (strcmp(sse->event, "bye") == 0) sse->has_ended = true;
  if (sse->id[0]) memcpy(sse->last_id, sse->id, sizeof sse->id);
  sse->event[0] = sse->id[0] = '\0';
}

// A record in which no event was found: one of an agent need not have one, any other is malformed.
static void end_record(struct sse *sse, event_found *found, void *context) {
  if (sse->form == SSE_RECORDS) found(context, NULL);
}

static void end_line(struct sse *sse, event_found *found, void *context) {
  switch (sse->state) {
  case SSE_NAME: if (!sse->filled) end_event(sse); break;
  case SSE_EVENT: keep_value(sse, sse->event, sizeof sse->event); break;
  case SSE_ID: keep_value(sse, sse->id, sizeof sse->id); break;
  case SSE_RECORD: end_record(sse, found, context); break;
  case SSE_DATA: scanner_end(&sse->scanner, found, context); break;
  case SSE_SKIP: break;
  }
  sse->state = SSE_NAME;
  sse->filled = 0;
}

// Gives how many bytes belong to what stands before the event.
static size_t read_record(struct sse *sse, const uint8_t *bytes, size_t count, event_found *found, void *context) {
  size_t before = sse->filled, room = sizeof sse->line - before, taken = count < room ? count : room;
  memcpy(sse->line + before, bytes, taken);
  sse->filled = (uint16_t)(before + taken);
  const char *member = sse->form == SSE_REPORTS ? report_member : record_member;
  const char *at = memmem(sse->line, sse->filled, member, strlen(member));
  if (at) {
    taken = (size_t)(at - sse->line) + strlen(member) - before;
    sse->state = memmem(sse->line, (size_t)(at - sse->line), own, sizeof own - 1) ? SSE_SKIP : SSE_DATA;
  } else if (sse->filled == sizeof sse->line) {
    end_record(sse, found, context);
    sse->state = SSE_SKIP;
  }
  return taken;
}

// A piece of a line, without its end. Gives how much of it was read.
static size_t read_piece(struct sse *sse, const uint8_t *bytes, size_t count, event_found *found, void *context) {
  switch (sse->state) {
  case SSE_NAME:
    if (*bytes == ':') begin_value(sse);
    else if (sse->filled < sizeof sse->line) sse->line[sse->filled++] = (char)*bytes;
    return 1;
  case SSE_EVENT:
  case SSE_ID:
    if (sse->filled < sizeof sse->line) sse->line[sse->filled++] = (char)*bytes;
    return 1;
  case SSE_RECORD: return read_record(sse, bytes, count, found, context);
  case SSE_DATA: scanner_read(&sse->scanner, bytes, count, found, context); return count;
  case SSE_SKIP: break;
  }
  return count;
}

void sse_read(struct sse *sse, const uint8_t *bytes, size_t count, event_found *found, void *context) {
  while (count) {
    const uint8_t *newline = memchr(bytes, '\n', count);
    size_t length = newline ? (size_t)(newline - bytes) : count;
    // A line may end with CR LF; a CR anywhere else is in no stream of these servers.
    size_t text = length && bytes[length - 1] == '\r' ? length - 1 : length;
    for (size_t at = 0; at < text;) at += read_piece(sse, bytes + at, text - at, found, context);
    if (!newline) return;
    end_line(sse, found, context);
    bytes = newline + 1;
    count -= length + 1;
  }
}
