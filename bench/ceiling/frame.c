#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ceiling.h"

static struct frame *make(const void *before, size_t before_length, const void *bytes, size_t length,
                          const void *after, size_t after_length) {
  struct frame *frame = malloc(sizeof *frame + before_length + length + after_length);
  if (!frame) abort();
  frame->holders = 1;
  frame->length = (uint32_t)(before_length + length + after_length);
  memcpy(frame->bytes, before, before_length);
  memcpy(frame->bytes + before_length, bytes, length);
  memcpy(frame->bytes + before_length + length, after, after_length);
  return frame;
}

struct frame *frame_make(const void *bytes, size_t length) { return make("", 0, bytes, length, "", 0); }

struct frame *frame_make_sse(const char *data, size_t length, uint64_t id) {
  char before[40] = "data: ";
  if (id) snprintf(before, sizeof before, "id: %ju\ndata: ", (uintmax_t)id);
  return make(before, strlen(before), data, length, "\n\n", 2);
}

struct frame *frame_make_text(const char *data, size_t length) {
  // A request has at most 2048 bytes, so the short and the 16-bit length are enough.
  unsigned char head[4] = {0x81, (unsigned char)length};
  size_t head_length = 2;
  if (length > 125) {
    head[1] = 126;
    head[2] = (unsigned char)(length >> 8);
    head[3] = (unsigned char)length;
    head_length = 4;
  }
  return make(head, head_length, data, length, "", 0);
}

void frame_release(struct frame *frame) {
  if (--frame->holders == 0) free(frame);
}
