// The answer to an HTTP/1.1 request, from any pieces of bytes: its status, and its body without the framing.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum response_state {
  RESPONSE_HEAD,
  RESPONSE_BODY,        // of a known length
  RESPONSE_UNTIL_CLOSE,  // also what follows a 101
  RESPONSE_CHUNK_SIZE,
  RESPONSE_CHUNK,
  RESPONSE_CHUNK_END,
  RESPONSE_TRAILERS,
  RESPONSE_COMPLETE,
  RESPONSE_BROKEN,
};

struct response {
  enum response_state state;
  int status;  // 0 until the head has been read
  bool chunked, has_length;
  uint64_t left;
  uint16_t filled;
  char line[192];
};

/// Called with pieces of the body.
typedef void body_reader(void *context, const uint8_t *bytes, size_t count);

void response_begin(struct response *response);

/// Reads bytes until the answer is complete; gives how many it took.
size_t response_read(struct response *response, const uint8_t *bytes, size_t count, body_reader *body, void *context);

/// Whether the head has been read.
bool response_has_head(const struct response *response);
