// Just enough HTTP/1.1 for a well-meaning client: this is a yardstick, not a server to be put on a network.
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ceiling.h"

static struct frame *page, *accepted, *stream_head, *not_found;

static struct frame *text_frame(const char *text) { return frame_make(text, strlen(text)); }

void requests_start(void) {
  // 120 bytes of body, as all the servers under test answer.
  char body[121], answer[400];
  memset(body, '.', 120);
  memcpy(body, "Signalbox bench: ", 17);
  body[119] = '\n';
  body[120] = '\0';
  snprintf(answer, sizeof answer, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 120\r\n\r\n%s", body);
  page = text_frame(answer);
  accepted = text_frame("HTTP/1.1 204 No Content\r\n\r\n");
  not_found = text_frame("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  stream_head = text_frame(
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n");
}

// The value of a field of the head, up to the end of its line; NULL if there is none.
static const char *field(const char *head, const char *name) {
  size_t length = strlen(name);
  for (const char *line = strstr(head, "\r\n"); line; line = strstr(line, "\r\n")) {
    line += 2;
    if (strncasecmp(line, name, length) != 0 || line[length] != ':') continue;
    const char *value = line + length + 1;
    return value + strspn(value, " ");
  }
  return NULL;
}

static void upgrade(struct client *client, const char *key) {
  char text[64 + 36], answer[200];
  unsigned char digest[SHA_DIGEST_LENGTH], accept[32];
  int length = snprintf(text, sizeof text, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", (int)strcspn(key, "\r "), key);
  SHA1((unsigned char *)text, (size_t)length, digest);
  EVP_EncodeBlock(accept, digest, sizeof digest);
  snprintf(answer, sizeof answer,
           "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
  struct frame *frame = text_frame(answer);
  client_send(client, frame);
  frame_release(frame);
}

static bool has_prefix(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

static void answer(struct client *client, const char *head, const char *body, size_t body_length) {
  const char *path = strchr(head, ' ') + 1, *end = strpbrk(path, " \r");
  if (has_prefix(head, "POST /publish/")) {
    // The answer comes last: a publisher that had it at once would send again while others still wait for a turn.
    topic_publish(path + 9, (size_t)(end - path) - 9, body, body_length);
    client_send(client, accepted);
  } else if (has_prefix(head, "GET /sse/")) {
    client_send(client, stream_head);
    const char *last_id = field(head, "Last-Event-ID");
    topic_join(client, path + 5, (size_t)(end - path) - 5);
    if (last_id) topic_replay(client, strtoull(last_id, NULL, 10));
  } else if (has_prefix(head, "GET /ws/") && field(head, "Sec-WebSocket-Key")) {
    upgrade(client, field(head, "Sec-WebSocket-Key"));
    client->is_websocket = true;
    topic_join(client, path + 4, (size_t)(end - path) - 4);
  } else {
    client_send(client, has_prefix(head, "GET / ") ? page : not_found);
  }
}

bool requests_answer(struct client *client) {
  struct request *request = client->request;
  while (!client->topic) {
    request->bytes[request->filled] = '\0';
    char *end_of_head = strstr(request->bytes, "\r\n\r\n");
    if (!end_of_head) return request->filled < REQUEST_MAX - 1;
    if (!strchr(request->bytes, ' ') || strchr(request->bytes, ' ') > end_of_head) return false;
    const char *length_field = field(request->bytes, "Content-Length");
    size_t head = (size_t)(end_of_head - request->bytes) + 4;
    size_t body = length_field && length_field < end_of_head ? strtoul(length_field, NULL, 10) : 0;
    if (body > REQUEST_MAX - 1 - head) return false;
    if (request->filled < head + body) return true;
    answer(client, request->bytes, request->bytes + head, body);
    request->filled -= (uint16_t)(head + body);
    memmove(request->bytes, request->bytes + head + body, request->filled);
  }
  free(request);
  client->request = NULL;
  return true;
}
