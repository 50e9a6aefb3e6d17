#include "subscribers.h"

#include <stdio.h>
#include <stdlib.h>

#include "connection.h"
#include "response.h"
#include "stream.h"

struct subscriber {
  struct connection connection;  // first: a connection's address is its subscriber's
  struct response response;
  union {
    struct sse sse;
    struct websocket websocket;
  } stream;
  struct lane *lanes;
  uint32_t topic;
  bool established;
};

enum { OPENING_AT_ONCE = 64 };

struct subscribers subscribers;
static struct subscriber *all;
static int count, opening, established;
static bool is_websocket;
static uint32_t lanes_per_topic;
static uint32_t (*published)(uint32_t topic, uint32_t lane);
static uint64_t now;

static void found(void *context, const char *text) {
  struct subscriber *subscriber = context;
  struct event event;
  if (!text || !event_read(text, &event)) {
    subscribers.verdict.malformed++;
    return;
  }
  if (event.topic != subscriber->topic || event.lane >= lanes_per_topic ||
      event.sequence >= published(event.topic, event.lane)) {
    subscribers.verdict.foreign++;
    return;
  }
  if (lane_take(&subscriber->lanes[event.lane], event.sequence, &subscribers.verdict) && subscribers.measured_from &&
      event.due >= subscribers.measured_from)
    histogram_add(&subscribers.latency, now - event.due);
}

static void pong(struct subscriber *subscriber) {
  // A mask of zeros: masked as the protocol asks, and the payload stays as it is.
  char frame[6 + 125] = {(char)0x8a, (char)(0x80 | subscriber->stream.websocket.control_filled)};
  for (int i = 0; i < subscriber->stream.websocket.control_filled; i++)
    frame[6 + i] = (char)subscriber->stream.websocket.control[i];
  connection_send(&subscriber->connection, frame, 6u + subscriber->stream.websocket.control_filled);
}

static void read_body(void *context, const uint8_t *bytes, size_t length) {
  struct subscriber *subscriber = context;
  if (!is_websocket) {
    sse_read(&subscriber->stream.sse, bytes, length, found, subscriber);
    return;
  }
  switch (websocket_read(&subscriber->stream.websocket, bytes, length, found, subscriber)) {
  case WEBSOCKET_NOTHING: break;
  case WEBSOCKET_PONG: pong(subscriber); break;
  case WEBSOCKET_CLOSED: fail("the server closed a WebSocket"); break;
  case WEBSOCKET_BROKEN: fail("the server sent a frame that is no WebSocket frame of a server"); break;
  }
}

static void received(struct connection *connection, const uint8_t *bytes, size_t length) {
  struct subscriber *subscriber = (struct subscriber *)connection;
  now = now_ns();
  size_t taken = response_read(&subscriber->response, bytes, length, read_body, subscriber);
  if (subscriber->response.state == RESPONSE_BROKEN || taken < length) fail("the answer to a stream is not HTTP/1.1");
  if (subscriber->established || !response_has_head(&subscriber->response)) return;
  if (subscriber->response.status != (is_websocket ? 101 : 200))
    fail("a stream was refused with status %d", subscriber->response.status);
  subscriber->established = true;
  established++;
  opening--;
}

static void opened(struct connection *connection) {
  static const char upgrade[] =
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  char request[512];
  int length = snprintf(request, sizeof request, "GET /%s/%u HTTP/1.1\r\nHost: localhost\r\n%s\r\n",
                        is_websocket ? "ws" : "sse", ((struct subscriber *)connection)->topic,
                        is_websocket ? upgrade : "Accept: text/event-stream\r\n");
  connection_send(connection, request, (size_t)length);
}

static void ended(struct connection *connection, const char *why) {
  struct subscriber *subscriber = (struct subscriber *)connection;
  if (!subscriber->established) fail("a stream could not be opened: %s", why);
  subscribers.ended++;
}

void subscribers_open(const struct options *options, uint32_t lanes, uint32_t (*published_count)(uint32_t, uint32_t)) {
  static const struct connection_events events = {opened, received, ended};
  count = options->connections;
  is_websocket = options->websocket;
  lanes_per_topic = lanes;
  published = published_count;
  all = calloc((size_t)count, sizeof *all);
  struct lane *pool = calloc((size_t)count * lanes, sizeof *pool);
  uint64_t deadline = now_ns() + 60000000000;
  for (int next = 0; established < count;) {
    for (; next < count && opening < OPENING_AT_ONCE; next++, opening++) {
      all[next].topic = (uint32_t)(next % options->topics);
      all[next].lanes = pool + (size_t)next * lanes;
      connection_open(&all[next].connection, &events, NULL);
    }
    connections_turn(deadline);
    if (now_ns() > deadline) fail("only %d of %d streams were opened in a minute", established, count);
  }
}

uint64_t subscribers_lost(void) {
  uint64_t lost = subscribers.verdict.missing;
  for (int i = 0; i < count; i++)
    for (uint32_t lane = 0; lane < lanes_per_topic; lane++)
      lost += published(all[i].topic, lane) - all[i].lanes[lane].next;
  return lost;
}
