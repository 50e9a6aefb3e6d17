#include "event.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support.h"

static char pattern[EVENT_SIZE];
enum { TOPIC_AT = 27, LANE_AT = 42, SEQUENCE_AT = 53, DUE_AT = 72, PAD_AT = 91 };
enum { TOPIC_DIGITS = 5, LANE_DIGITS = 2, SEQUENCE_DIGITS = 10, DUE_DIGITS = 19 };

void events_start(void) {
  char text[EVENT_SIZE + 1];
  unsigned mark = (unsigned)(now_ns() / 1000) ^ ((unsigned)getpid() << 16);
  int length = snprintf(text, sizeof text,
                        "{\"run\":\"%08x\",\"topic\":\"%05d\",\"lane\":\"%02d\",\"seq\":\"%010d\",\"due\":\"%019d\","
                        "\"message\":\"", mark, 0, 0, 0, 0);
  static const char filler[] = "Read 1,204 orders of 4 accounts; ";
  for (int i = length; i < EVENT_SIZE; i++) text[i] = filler[(size_t)(i - length) % (sizeof filler - 1)];
  memcpy(text + EVENT_SIZE - 2, "\"}", 2);
  memcpy(pattern, text, EVENT_SIZE);
}

static void put(char *digits, int count, uint64_t value) {
  for (int i = count - 1; i >= 0; i--, value /= 10) digits[i] = (char)('0' + value % 10);
}

void event_write(const struct event *event, char text[EVENT_SIZE]) {
  memcpy(text, pattern, EVENT_SIZE);
  put(text + TOPIC_AT, TOPIC_DIGITS, event->topic);
  put(text + LANE_AT, LANE_DIGITS, event->lane);
  put(text + SEQUENCE_AT, SEQUENCE_DIGITS, event->sequence);
  put(text + DUE_AT, DUE_DIGITS, event->due);
}

static bool get(const char *digits, int count, uint64_t *value) {
  *value = 0;
  for (int i = 0; i < count; i++) {
    unsigned digit = (unsigned)(digits[i] - '0');
    if (digit > 9) return false;
    *value = *value * 10 + digit;
  }
  return true;
}

static bool same(const char *text, int from, int to) {
  return memcmp(text + from, pattern + from, (size_t)(to - from)) == 0;
}

bool event_read(const char text[EVENT_SIZE], struct event *event) {
  uint64_t topic, lane, sequence;
  if (!same(text, 0, TOPIC_AT) || !get(text + TOPIC_AT, TOPIC_DIGITS, &topic) ||
      !same(text, TOPIC_AT + TOPIC_DIGITS, LANE_AT) || !get(text + LANE_AT, LANE_DIGITS, &lane) ||
      !same(text, LANE_AT + LANE_DIGITS, SEQUENCE_AT) || !get(text + SEQUENCE_AT, SEQUENCE_DIGITS, &sequence) ||
      !same(text, SEQUENCE_AT + SEQUENCE_DIGITS, DUE_AT) || !get(text + DUE_AT, DUE_DIGITS, &event->due) ||
      !same(text, PAD_AT, EVENT_SIZE))
    return false;
  event->topic = (uint32_t)topic;
  event->lane = (uint32_t)lane;
  event->sequence = (uint32_t)sequence;
  return true;
}

// What may stand between two events: a server may put several into an array or below each other, or each into a record,
// whose end is left then.
static bool separates(uint8_t byte) {
  return byte == ',' || byte == '\n' || byte == '[' || byte == ']' || byte == ' ' || byte == '}';
}

void scanner_read(struct event_scanner *scanner, const uint8_t *bytes, size_t count, event_found *found,
                  void *context) {
  while (count) {
    size_t taken = 1;
    if (scanner->filled) {
      size_t missing = EVENT_SIZE - scanner->filled;
      taken = count < missing ? count : missing;
      memcpy(scanner->text + scanner->filled, bytes, taken);
      scanner->filled += (uint16_t)taken;
      if (scanner->filled == EVENT_SIZE) {
        scanner->filled = 0;
        found(context, scanner->text);
      }
    } else if (*bytes == '{' && count >= EVENT_SIZE) {
      taken = EVENT_SIZE;
      found(context, (const char *)bytes);
    } else if (*bytes == '{') {
      scanner->text[scanner->filled++] = '{';
    } else if (!separates(*bytes)) {
      found(context, NULL);
    }
    bytes += taken;
    count -= taken;
  }
}

void scanner_end(struct event_scanner *scanner, event_found *found, void *context) {
  if (scanner->filled) found(context, NULL);
  scanner->filled = 0;
}
