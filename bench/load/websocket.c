#include "stream.h"

#include <string.h>

// How long the head is, as far as it has been read.
static uint8_t head_length(const struct websocket *websocket) {
  if (websocket->filled < 2) return 2;
  uint8_t length = websocket->head[1] & 0x7f;
  return length == 126 ? 4 : length == 127 ? 10 : 2;
}

static bool begin_payload(struct websocket *websocket) {
  const uint8_t *head = websocket->head;
  uint8_t opcode = head[0] & 0x0f, size = websocket->filled;
  websocket->is_final = head[0] & 0x80;
  websocket->is_control = opcode >= 8;
  websocket->left = size == 2 ? head[1] & 0x7f : 0;
  for (int i = 2; i < size; i++) websocket->left = websocket->left << 8 | head[i];
  websocket->filled = 0;
  websocket->state = FRAME_PAYLOAD;
  if (websocket->is_control) websocket->control_filled = 0;
  // Reserved bits, a mask, or a control frame that is too long: not the frames of a server.
  return !(head[0] & 0x70) && !(head[1] & 0x80) && (!websocket->is_control || websocket->left <= 125);
}

// How much of a text is matched when one more byte has come. No text here has its first byte again where that would matter.
static uint8_t match(const char *text, uint8_t matched, uint8_t byte) {
  if (byte == (uint8_t)text[matched]) return matched + 1;
  return byte == (uint8_t)text[0];
}

// A message of the gateway: what is not in a record is about the stream.
static void records(struct websocket *websocket, const uint8_t *bytes, size_t count, event_found *found,
                    void *context) {
  static const char member[] = ",\"data\":", own[] = "\"origin\":\"gateway\",\"data\":", up[] = "\"type\":\"ack\"";
  while (count) {
    size_t taken = 1;
    if (websocket->event_left) {
      taken = count < websocket->event_left ? count : websocket->event_left;
      scanner_read(&websocket->scanner, bytes, taken, found, context);
      websocket->event_left -= (uint16_t)taken;
    } else {
      websocket->member_matched = match(member, websocket->member_matched, *bytes);
      websocket->own_matched = match(own, websocket->own_matched, *bytes);
      websocket->up_matched = match(up, websocket->up_matched, *bytes);
      if (websocket->member_matched == sizeof member - 1) {
        websocket->member_matched = 0;
        if (websocket->own_matched < sizeof own - 1) websocket->event_left = EVENT_SIZE;
      }
      if (websocket->own_matched == sizeof own - 1) websocket->own_matched = 0;
      if (websocket->up_matched == sizeof up - 1) {
        websocket->up_matched = 0;
        websocket->has_resumed = true;
      }
    }
    bytes += taken;
    count -= taken;
  }
}

static void payload(struct websocket *websocket, const uint8_t *bytes, size_t count, event_found *found,
                    void *context) {
  if (!websocket->is_control && websocket->has_records) {
    records(websocket, bytes, count, found, context);
  } else if (!websocket->is_control) {
    scanner_read(&websocket->scanner, bytes, count, found, context);
  } else {
    memcpy(websocket->control + websocket->control_filled, bytes, count);
    websocket->control_filled += (uint8_t)count;
  }
  websocket->left -= count;
}

static enum websocket_demand end_frame(struct websocket *websocket, event_found *found, void *context) {
  websocket->state = FRAME_HEAD;
  if (!websocket->is_control) {
    if (websocket->is_final) scanner_end(&websocket->scanner, found, context);
    return WEBSOCKET_NOTHING;
  }
  uint8_t opcode = websocket->head[0] & 0x0f;
  return opcode == 8 ? WEBSOCKET_CLOSED : opcode == 9 ? WEBSOCKET_PONG : WEBSOCKET_NOTHING;
}

enum websocket_demand websocket_read(struct websocket *websocket, const uint8_t *bytes, size_t count,
                                     event_found *found, void *context) {
  enum websocket_demand demand = WEBSOCKET_NOTHING;
  while (count) {
    if (websocket->state == FRAME_HEAD) {
      websocket->head[websocket->filled++] = *bytes++;
      count--;
      if (websocket->filled < head_length(websocket)) continue;
      if (!begin_payload(websocket)) return WEBSOCKET_BROKEN;
    }
    size_t piece = count < websocket->left ? count : (size_t)websocket->left;
    payload(websocket, bytes, piece, found, context);
    bytes += piece;
    count -= piece;
    if (websocket->left) continue;
    enum websocket_demand now = end_frame(websocket, found, context);
    if (now != WEBSOCKET_NOTHING) demand = now;
    if (demand == WEBSOCKET_CLOSED) return demand;
  }
  return demand;
}
