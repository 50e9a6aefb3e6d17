#include "subscribers.h"

#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "dialect.h"
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
  bool is_following;  // a WebSocket of the gateway: it was told what
  enum { STREAM_CLOSED, STREAM_CONNECTING, STREAM_CONNECTED, STREAM_ASKED, STREAM_UP } phase;
  uint64_t began;    // to come back
  uint64_t awaited;  // events until it has caught up
};

enum { OPENING_AT_ONCE = 64 };

struct subscribers subscribers;
static struct subscriber *all;
static int count;
static int in_phase[STREAM_UP + 1];
static uint64_t lost_by_closed;
static bool is_websocket, holds_back;
static const char *resumed_behind;  // NULL: from now on
static uint32_t lanes_per_topic;
static uint32_t (*published)(uint32_t topic, uint32_t lane);
static uint64_t now;

static void enter(struct subscriber *subscriber, int phase) {
  in_phase[subscriber->phase]--;
  in_phase[phase]++;
  subscriber->phase = phase;
}

static void count_down(struct subscriber *subscriber) {
  if (!subscriber->awaited || --subscriber->awaited) return;
  subscribers.caught_up++;
  histogram_add(&subscribers.return_latency, now - subscriber->began);
}

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
  if (!lane_take(&subscriber->lanes[event.lane], event.sequence, &subscribers.verdict)) return;
  count_down(subscriber);
  if (subscribers.measured_from && event.due >= subscribers.measured_from)
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

static bool is_up(const struct subscriber *subscriber) {
  if (!response_has_head(&subscriber->response)) return false;
  if (!dialect.is_gateway) return true;
  return is_websocket ? subscriber->stream.websocket.has_resumed : subscriber->stream.sse.has_resumed;
}

// A WebSocket of the gateway is told what to follow once it is open.
static void follow(struct subscriber *subscriber) {
  char frame[FOLLOWING_MAX];
  subscriber->is_following = true;
  connection_send(&subscriber->connection, frame, dialect_following(frame, subscriber->topic));
}

static void received(struct connection *connection, const uint8_t *bytes, size_t length) {
  struct subscriber *subscriber = (struct subscriber *)connection;
  now = now_ns();
  size_t taken = response_read(&subscriber->response, bytes, length, read_body, subscriber);
  if (subscriber->response.state == RESPONSE_BROKEN || taken < length) fail("the answer to a stream is not HTTP/1.1");
  if (subscriber->phase == STREAM_UP) return;
  if (response_has_head(&subscriber->response) && subscriber->response.status != (is_websocket ? 101 : 200))
    fail("a stream was refused with status %d", subscriber->response.status);
  if (is_websocket && dialect.is_gateway && !subscriber->is_following && response_has_head(&subscriber->response))
    follow(subscriber);
  if (is_up(subscriber)) enter(subscriber, STREAM_UP);
}

static void ask(struct subscriber *subscriber) {
  char request[HEAD_MAX];
  size_t length = dialect_subscription(request, subscriber->topic, is_websocket, resumed_behind);
  enter(subscriber, STREAM_ASKED);
  connection_send(&subscriber->connection, request, length);
}

static void opened(struct connection *connection) {
  struct subscriber *subscriber = (struct subscriber *)connection;
  enter(subscriber, STREAM_CONNECTED);
  if (!holds_back) ask(subscriber);
}

static uint64_t lost_by(const struct subscriber *subscriber) {
  uint64_t lost = 0;
  for (uint32_t lane = 0; lane < lanes_per_topic; lane++)
    lost += published(subscriber->topic, lane) - subscriber->lanes[lane].next;
  return lost;
}

static void ended(struct connection *connection, const char *why) {
  struct subscriber *subscriber = (struct subscriber *)connection;
  if (subscriber->phase != STREAM_UP) fail("a stream could not be opened: %s", why);
  lost_by_closed += lost_by(subscriber);
  enter(subscriber, STREAM_CLOSED);
  subscribers.ended++;
}

static void begin(struct subscriber *subscriber) {
  static const struct connection_events events = {opened, received, ended};
  response_begin(&subscriber->response);
  memset(&subscriber->stream, 0, sizeof subscriber->stream);
  subscriber->is_following = false;
  if (is_websocket) subscriber->stream.websocket.has_records = dialect.is_gateway;
  else
    subscriber->stream.sse.form = dialect.has_agent ? SSE_REPORTS : dialect.is_gateway ? SSE_RECORDS : SSE_PLAIN;
  enter(subscriber, STREAM_CONNECTING);
  connection_open(&subscriber->connection, dialect_server_of((int)(subscriber - all)), &events, NULL);
}

void subscribers_make(const struct options *options, int streams, uint32_t lanes,
                      uint32_t (*published_count)(uint32_t, uint32_t)) {
  count = streams;
  is_websocket = options->websocket;
  lanes_per_topic = lanes;
  published = published_count;
  all = calloc((size_t)count, sizeof *all);
  struct lane *pool = calloc((size_t)count * lanes, sizeof *pool);
  if (!all || !pool) fail("out of memory");
  in_phase[STREAM_CLOSED] = count;
  for (int i = 0; i < count; i++) {
    all[i].topic = (uint32_t)(i % options->topics);
    all[i].lanes = pool + (size_t)i * lanes;
  }
}

// Begins to connect, with at most so many on their way at once, until `wanted` streams are in that phase.
static void open_some(int first, int end, int at_once, int phase, int wanted) {
  uint64_t deadline = now_ns() + 60000000000;
  for (int next = first; in_phase[phase] < wanted;) {
    while (next < end && in_phase[STREAM_CONNECTING] + in_phase[STREAM_ASKED] < at_once) begin(&all[next++]);
    connections_turn(deadline);
    if (now_ns() > deadline) fail("only %d of %d streams were opened in a minute", in_phase[phase], wanted);
  }
}

void subscribers_open(int first, int end) {
  holds_back = false;
  resumed_behind = NULL;
  open_some(first, end, OPENING_AT_ONCE, STREAM_UP, in_phase[STREAM_UP] + end - first);
}

void subscribers_connect(int end) {
  holds_back = true;
  open_some(0, end, OPENING_AT_ONCE, STREAM_CONNECTED, end);
}

void subscribers_return(int end, const char *last_id, const uint32_t *from, uint64_t missed) {
  holds_back = false;
  resumed_behind = last_id;
  now = now_ns();
  for (int i = 0; i < end; i++) {
    for (uint32_t lane = 0; lane < lanes_per_topic; lane++) all[i].lanes[lane] = (struct lane){.next = from[lane]};
    all[i].began = now;
    all[i].awaited = missed;
    if (all[i].phase == STREAM_CONNECTED) ask(&all[i]);
    else begin(&all[i]);
  }
}

void subscribers_close(int end) {
  for (int i = 0; i < end; i++) {
    if (all[i].phase == STREAM_CLOSED) continue;
    lost_by_closed += lost_by(&all[i]);
    connection_close(&all[i].connection);
    enter(&all[i], STREAM_CLOSED);
  }
}

const char *subscribers_last_id(int stream) { return all[stream].stream.sse.last_id; }

uint64_t subscribers_lost(void) {
  uint64_t lost = subscribers.verdict.missing + lost_by_closed;
  for (int i = 0; i < count; i++)
    if (all[i].phase != STREAM_CLOSED) lost += lost_by(&all[i]);
  return lost;
}
