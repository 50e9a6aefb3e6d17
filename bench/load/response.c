#include "response.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void response_begin(struct response *response) {
  response->state = RESPONSE_HEAD;
  response->status = 0;
  response->chunked = response->has_length = false;
  response->left = 0;
  response->filled = 0;
}

bool response_has_head(const struct response *response) {
  return response->state != RESPONSE_HEAD && response->state != RESPONSE_BROKEN;
}

static void head_complete(struct response *response) {
  if (response->status == 101) response->state = RESPONSE_UNTIL_CLOSE;
  else if (response->status == 204 || response->status == 304) response->state = RESPONSE_COMPLETE;
  else if (response->chunked) response->state = RESPONSE_CHUNK_SIZE;
  else if (!response->has_length) response->state = RESPONSE_UNTIL_CLOSE;
  else response->state = response->left ? RESPONSE_BODY : RESPONSE_COMPLETE;
}

static void head_line(struct response *response, const char *line) {
  if (response->status == 0) {
    response->status = strncmp(line, "HTTP/1.1 ", 9) == 0 ? atoi(line + 9) : 0;
    if (response->status < 100) response->state = RESPONSE_BROKEN;
  } else if (*line == '\0') {
    head_complete(response);
  } else if (strncasecmp(line, "content-length:", 15) == 0) {
    response->has_length = true;
    response->left = strtoull(line + 15, NULL, 10);
  } else if (strncasecmp(line, "transfer-encoding:", 18) == 0) {
    response->chunked = strcasestr(line + 18, "chunked") != NULL;
  }
}

static void chunk_size(struct response *response, const char *line) {
  char *end;
  response->left = strtoull(line, &end, 16);
  if (end == line) response->state = RESPONSE_BROKEN;
  else response->state = response->left ? RESPONSE_CHUNK : RESPONSE_TRAILERS;
}

static void whole_line(struct response *response, const char *line) {
  switch (response->state) {
  case RESPONSE_HEAD: head_line(response, line); break;
  case RESPONSE_CHUNK_SIZE: chunk_size(response, line); break;
  case RESPONSE_CHUNK_END: response->state = *line ? RESPONSE_BROKEN : RESPONSE_CHUNK_SIZE; break;
  case RESPONSE_TRAILERS: if (*line == '\0') response->state = RESPONSE_COMPLETE; break;
  default: break;
  }
}

// Of a line that is too long the beginning is kept: no field that matters is that long.
static size_t read_line(struct response *response, const uint8_t *bytes, size_t count) {
  const uint8_t *newline = memchr(bytes, '\n', count);
  size_t length = newline ? (size_t)(newline - bytes) : count;
  size_t room = sizeof response->line - 1 - response->filled, kept = length < room ? length : room;
  memcpy(response->line + response->filled, bytes, kept);
  response->filled += (uint16_t)kept;
  if (!newline) return count;
  if (response->filled && response->line[response->filled - 1] == '\r') response->filled--;
  response->line[response->filled] = '\0';
  response->filled = 0;
  whole_line(response, response->line);
  return length + 1;
}

static size_t read_body(struct response *response, const uint8_t *bytes, size_t count, body_reader *body,
                        void *context) {
  size_t piece = count;
  if (response->state != RESPONSE_UNTIL_CLOSE) {
    if (piece > response->left) piece = (size_t)response->left;
    response->left -= piece;
  }
  if (body) body(context, bytes, piece);
  if (response->state == RESPONSE_BODY && !response->left) response->state = RESPONSE_COMPLETE;
  if (response->state == RESPONSE_CHUNK && !response->left) response->state = RESPONSE_CHUNK_END;
  return piece;
}

size_t response_read(struct response *response, const uint8_t *bytes, size_t count, body_reader *body, void *context) {
  size_t taken = 0;
  while (taken < count && response->state != RESPONSE_COMPLETE && response->state != RESPONSE_BROKEN) {
    bool is_body = response->state == RESPONSE_BODY || response->state == RESPONSE_CHUNK ||
                   response->state == RESPONSE_UNTIL_CLOSE;
    taken += is_body ? read_body(response, bytes + taken, count - taken, body, context)
                     : read_line(response, bytes + taken, count - taken);
  }
  return taken;
}
