#include "dialect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

struct dialect dialect;
static char token[2048];

enum { NAME_MAX_LENGTH = 80 };
static char (*names)[NAME_MAX_LENGTH];
static uint32_t topics;

static void read_token(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file || !fgets(token, sizeof token, file)) fail("%s cannot be read, or is empty", path);
  fclose(file);
  token[strcspn(token, "\r\n")] = '\0';
}

void dialect_start(const struct options *options) {
  dialect.subscribe = target_make(options->port, NULL, NULL);
  dialect.more_count = options->more_ports_count;
  for (int i = 0; i < dialect.more_count; i++)
    dialect.more[i] = (struct target){options->more_ports[i], dialect.subscribe.settings};
  dialect.is_gateway = options->ingest_port != 0;
  dialect.has_agent = options->role == ROLE_RUNS;
  topics = (uint32_t)options->topics;
  names = calloc(topics, sizeof *names);
  if (!names) fail("out of memory");
  for (uint32_t topic = 0; topic < topics; topic++) snprintf(names[topic], sizeof *names, "bench-%u", topic);
  dialect.publish = dialect.is_gateway ? target_make(options->ingest_port, options->certificate, options->key)
                                       : dialect.subscribe;
  if (dialect.is_gateway) read_token(options->token);
}

const struct target *dialect_server_of(int stream) {
  int server = stream % (1 + dialect.more_count);
  return server == 0 ? &dialect.subscribe : &dialect.more[server - 1];
}

// What snprintf says of a text for which there must have been room.
static size_t whole(int length) {
  if (length < 0 || length >= HEAD_MAX) fail("a request is longer than %d bytes", HEAD_MAX);
  return (size_t)length;
}

size_t dialect_page(char request[HEAD_MAX]) {
  return whole(snprintf(request, HEAD_MAX, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        dialect.is_gateway ? "/healthz" : "/"));
}

size_t dialect_subscription(char head[HEAD_MAX], uint32_t topic, bool websocket, const char *last_id) {
  static const char upgrade[] =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  char path[NAME_MAX_LENGTH + 16];
  if (dialect.is_gateway && websocket) snprintf(path, sizeof path, "ws");
  else if (dialect.is_gateway) snprintf(path, sizeof path, "api/stream/%s", names[topic]);
  else snprintf(path, sizeof path, "%s/%u", websocket ? "ws" : "sse", topic);
  return whole(snprintf(head, HEAD_MAX, "GET /%s HTTP/1.1\r\nHost: localhost\r\n%s%s%s%s%s%s%s%s\r\n", path,
                        dialect.is_gateway ? "Authorization: Bearer " : "", token, dialect.is_gateway ? "\r\n" : "",
                        last_id ? "Last-Event-ID: " : "", last_id ? last_id : "", last_id ? "\r\n" : "",
                        websocket ? upgrade : "Accept: text/event-stream\r\n",
                        websocket && dialect.is_gateway ? "Sec-WebSocket-Protocol: signalbox.v1\r\n" : ""));
}

size_t dialect_following(char frame[FOLLOWING_MAX], uint32_t topic) {
  // A mask of zeros: masked as the protocol asks, and the payload stays as it is.
  char text[126];
  int length = snprintf(text, sizeof text, "{\"type\":\"subscribe\",\"id\":\"s\",\"task\":\"%s\"}", names[topic]);
  if (length < 0 || length >= (int)sizeof text) fail("the name of a task is too long for a short frame");
  const char head[6] = {(char)0x81, (char)(0x80 | length)};
  memcpy(frame, head, sizeof head);
  memcpy(frame + sizeof head, text, (size_t)length);
  return sizeof head + (size_t)length;
}

size_t dialect_publication(char head[HEAD_MAX], uint32_t topic, int events, size_t length) {
  if (!dialect.is_gateway)
    return whole(snprintf(head, HEAD_MAX,
                          "POST /publish/%u HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\n\r\n", topic, length));
  return whole(snprintf(head, HEAD_MAX,
                        "POST /ingest/tasks/bench-%u/events HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Type: application/%s\r\nContent-Length: %zu\r\n\r\n",
                        topic, events == 1 ? "json" : "x-ndjson", length));
}

void dialect_name(uint32_t topic, const char *id) {
  if (strlen(id) >= sizeof *names) fail("the name of a task is longer than %zu bytes: %s", sizeof *names - 1, id);
  strcpy(names[topic], id);
}

size_t dialect_submission(char request[HEAD_MAX], uint32_t topic) {
  char body[100];
  int length = snprintf(body, sizeof body, "{\"agent\":\"bench\",\"text\":\"run %u.\"}", topic);
  return whole(snprintf(request, HEAD_MAX,
                        "POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                        "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", token, length, body));
}

size_t dialect_opening(char request[HEAD_MAX], uint32_t topic) {
  if (!dialect.is_gateway) return 0;
  char body[100];
  int length = snprintf(body, sizeof body, "{\"id\":\"bench-%u\",\"agent\":\"bench\"}", topic);
  return whole(snprintf(request, HEAD_MAX,
                        "POST /ingest/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        "Content-Length: %d\r\n\r\n%s", length, body));
}
