// The parts of the load generator that need no socket: however the bytes are cut, the same events come out; and each
// fault is counted as what it is.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../load/check.h"
#include "../load/histogram.h"
#include "../load/response.h"
#include "../load/stream.h"

static int cases, failures;

static void expect(const char *name, bool holds) {
  cases++;
  if (holds) return;
  failures++;
  printf("not ok: %s\n", name);
}

struct text {
  size_t length;
  char bytes[200000];
};

static void append(struct text *text, const void *bytes, size_t length) {
  memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
}

static void append_events(struct text *text, int count, const char *separator) {
  char event[EVENT_SIZE];
  for (int i = 0; i < count; i++) {
    event_write(&(struct event){.topic = 7, .sequence = (uint32_t)i, .due = 1234567890123}, event);
    if (i) append(text, separator, strlen(separator));
    append(text, event, EVENT_SIZE);
  }
}

struct finds {
  int events, strays;
  struct sse *sse;
  struct websocket *websocket;
  enum websocket_demand demand;
};

static void found(void *context, const char *text) {
  struct finds *finds = context;
  struct event event;
  if (text && event_read(text, &event) && event.topic == 7) finds->events++;
  else finds->strays++;
}

static void read_sse(void *context, const uint8_t *bytes, size_t count) {
  sse_read(((struct finds *)context)->sse, bytes, count, found, context);
}

static void read_websocket(void *context, const uint8_t *bytes, size_t count) {
  struct finds *finds = context;
  enum websocket_demand demand = websocket_read(finds->websocket, bytes, count, found, context);
  if (demand > finds->demand) finds->demand = demand;
}

// An answer as a whole, cut into pieces of one size.
static struct finds read_answer(const struct text *answer, size_t piece, body_reader *reader) {
  static struct sse sse;
  static struct websocket websocket;
  struct response response;
  memset(&sse, 0, sizeof sse);
  memset(&websocket, 0, sizeof websocket);
  response_begin(&response);
  struct finds finds = {.sse = &sse, .websocket = &websocket};
  for (size_t at = 0; at < answer->length; at += piece) {
    size_t count = answer->length - at < piece ? answer->length - at : piece;
    // A copy of its own, so that the sanitizer sees a read beyond the piece.
    uint8_t *copy = malloc(count);
    memcpy(copy, answer->bytes + at, count);
    if (response_read(&response, copy, count, reader, &finds) != count) finds.strays++;
    free(copy);
  }
  if (response.state == RESPONSE_BROKEN || response.status < 100) finds.strays++;
  return finds;
}

static void check_all_pieces(const char *name, const struct text *answer, body_reader *reader, struct finds wanted) {
  bool same = true;
  for (size_t piece = 1; piece <= answer->length; piece += piece < 700 ? 1 : 997) {
    struct finds finds = read_answer(answer, piece, reader);
    if (finds.events != wanted.events || finds.strays != wanted.strays || finds.demand != wanted.demand) {
      if (same)
        printf("%s in pieces of %zu: %d events, %d strays, demand %d\n", name, piece, finds.events, finds.strays,
               (int)finds.demand);
      same = false;
    }
  }
  expect(name, same);
}

static struct text answer;

static void begin(const char *head) {
  answer.length = 0;
  append(&answer, head, strlen(head));
}

static void sse_body(struct text *body) {
  static const char first[] = ": hi\nretry: 500\n\nid: 1\ndata: ", second[] = "\n\nid: 2\r\ndata:",
                    third[] = "\r\n\r\ndat\ndatab: {\ndata: [";
  append(body, first, sizeof first - 1);
  append_events(body, 1, "");
  append(body, second, sizeof second - 1);
  append_events(body, 1, "");
  append(body, third, sizeof third - 1);
  append_events(body, 3, ",");
  append(body, "]\n\n", 3);
}

static void check_sse(void) {
  static struct text body;
  begin("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
  sse_body(&answer);
  check_all_pieces("events until the end of the connection", &answer, read_sse, (struct finds){.events = 5});

  sse_body(&body);
  begin("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (size_t at = 0, size = 1; at < body.length; at += size, size = size % 97 * 3 + 1) {
    char line[16];
    if (size > body.length - at) size = body.length - at;
    append(&answer, line, (size_t)snprintf(line, sizeof line, "%zx;a=b\r\n", size));
    append(&answer, body.bytes + at, size);
    append(&answer, "\r\n", 2);
  }
  append(&answer, "0\r\nA: b\r\n\r\n", 11);
  check_all_pieces("events in chunks", &answer, read_sse, (struct finds){.events = 5});

  begin("HTTP/1.1 200 OK\r\n\r\ndata: ");
  append_events(&answer, 1, "");
  answer.length -= 10;
  append(&answer, "\n\ndata: no event\n\ndata: ", 24);
  append_events(&answer, 1, "");
  append(&answer, "\n", 1);
  check_all_pieces("a cut event and text are strays", &answer, read_sse, (struct finds){.events = 1, .strays = 8});
}

static void append_record(const char *origin, const char *id) {
  char text[200];
  append(&answer, text, (size_t)snprintf(text, sizeof text,
    "id: %s\ndata: {\"offset\":7,\"task\":\"t\",\"seq\":3,\"kind\":\"event\",\"origin\":\"%s\",\"data\":", id, origin));
  append_events(&answer, 1, "");
  append(&answer, "}\n\n", 3);
}

// A stream of the gateway, in pieces of any size: what is about the stream is no event, and says what it has to say.
static void check_records(void) {
  begin("HTTP/1.1 200 OK\r\n\r\nretry: 2000\n\nevent: resume\nid: e.1\ndata: {\"status\":\"continued\"}\n\n");
  append_record("agent", "e.2");
  append_record("gateway", "e.3");
  append_record("agent", "e.4");
  append(&answer, "id: e.5\nevent: bye\ndata: {\"reason\":\"finished\"}\n\nid: e.6\n", 56);
  bool same = true;
  size_t head = strlen("HTTP/1.1 200 OK\r\n\r\n");
  for (size_t piece = 1; piece <= answer.length; piece++) {
    struct sse sse = {.form = SSE_RECORDS};
    struct finds finds = {0};
    for (size_t at = head; at < answer.length; at += piece)
      sse_read(&sse, (const uint8_t *)answer.bytes + at, answer.length - at < piece ? answer.length - at : piece, found,
               &finds);
    if (finds.events != 2 || finds.strays || !sse.has_resumed || !sse.has_ended || strcmp(sse.last_id, "e.5"))
      same = false;
  }
  expect("records: the agent's events, none of the gateway's, and the last id of a whole event", same);

  begin("");
  struct sse sse = {.form = SSE_RECORDS};
  struct finds finds = {0};
  append(&answer, "data: {\"offset\":7}\n\ndata: ", 26);
  for (size_t i = 0; i <= sizeof sse.line; i++) append(&answer, " ", 1);
  append(&answer, "\n\n", 2);
  append_record("agent", "e.7");
  sse_read(&sse, (const uint8_t *)answer.bytes, answer.length, found, &finds);
  expect("a record without an event is a stray", finds.events == 1 && finds.strays == 2);
}

static void append_report(const char *origin, const char *id) {
  char text[400];
  append(&answer, text, (size_t)snprintf(text, sizeof text,
    "id: %s\ndata: {\"offset\":7,\"task\":\"t\",\"seq\":3,\"kind\":\"event\",\"origin\":\"%s\",\"data\":{\"statusUpdate\":"
    "{\"taskId\":\"t\",\"metadata\":{\"https://signalbox.dev/a2a/extensions/progress/v1\":{\"type\":\"progress\",\"payload\":",
    id, origin));
  append_events(&answer, 1, "");
  append(&answer, "}}}}}\n\n", 7);
}

// The same where an agent reports: its records without a report are no strays, however long they are.
static void check_reports(void) {
  begin("");
  append_report("agent", "e.1");
  append_record("agent", "e.2");
  append_report("gateway", "e.3");
  append(&answer, "data: ", 6);
  for (size_t i = 0; i <= sizeof ((struct sse *)NULL)->line; i++) append(&answer, " ", 1);
  append(&answer, "\n\n", 2);
  append_report("agent", "e.5");
  bool same = true;
  for (size_t piece = 1; piece <= answer.length; piece++) {
    struct sse sse = {.form = SSE_REPORTS};
    struct finds finds = {0};
    for (size_t at = 0; at < answer.length; at += piece)
      sse_read(&sse, (const uint8_t *)answer.bytes + at, answer.length - at < piece ? answer.length - at : piece, found,
               &finds);
    if (finds.events != 2 || finds.strays || strcmp(sse.last_id, "e.5")) same = false;
  }
  expect("reports: what the agent reports, and nothing else", same);
}

static void append_frame(int first_byte, const struct text *payload) {
  size_t length = payload->length;
  uint8_t head[10] = {(uint8_t)first_byte};
  int size = length < 126 ? 0 : length < 65536 ? 2 : 8;
  head[1] = (uint8_t)(size == 0 ? length : size == 2 ? 126 : 127);
  for (int i = 0; i < size; i++) head[2 + i] = (uint8_t)(length >> 8 * (size - 1 - i));
  append(&answer, head, 2 + (size_t)size);
  append(&answer, payload->bytes, length);
}

static void check_websocket(void) {
  static const char head[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
  static struct text one, many, part, ping;
  append_events(&one, 1, "");
  append_events(&many, 250, "\n");
  append(&ping, "are you there", 13);
  begin(head);
  append_frame(0x81, &one);
  append_frame(0x81, &many);
  check_all_pieces("messages of one and of 250 events", &answer, read_websocket, (struct finds){.events = 251});

  begin(head);
  memcpy(part.bytes, one.bytes, 100);
  part.length = 100;
  append_frame(0x01, &part);
  append_frame(0x89, &ping);
  memcpy(part.bytes, one.bytes + 100, 200);
  part.length = 200;
  append_frame(0x80, &part);
  check_all_pieces("a message in fragments, and a ping between them", &answer, read_websocket,
                   (struct finds){.events = 1, .demand = WEBSOCKET_PONG});

  begin(head);
  append_frame(0x81, &ping);
  append_frame(0x88, &(struct text){.length = 0});
  check_all_pieces("a message without an event, then a close without a reason", &answer, read_websocket,
                   (struct finds){.strays = 11, .demand = WEBSOCKET_CLOSED});
}

static void check_refusals(void) {
  struct response response;
  response_begin(&response);
  response_read(&response, (const uint8_t *)"SSH-2.0-x\r\n", 11, NULL, NULL);
  expect("another protocol is no answer", response.state == RESPONSE_BROKEN);
  struct websocket websocket = {.filled = 0};
  expect("a server's frame is not masked",
         websocket_read(&websocket, (const uint8_t *)"\x81\x85", 2, found, NULL) == WEBSOCKET_BROKEN);
  char event[EVENT_SIZE];
  event_write(&(struct event){.topic = 7}, event);
  bool all_seen = true;
  struct event read;
  for (int i = 0; i < EVENT_SIZE; i++) {
    event[i] ^= 0x40;
    if (event_read(event, &read)) all_seen = false;
    event[i] ^= 0x40;
  }
  expect("one changed bit anywhere makes it no event", all_seen && event_read(event, &read));
}

static void check_lanes(void) {
  struct verdict verdict = {0};
  struct lane lane = {0};
  static const uint32_t order[] = {0, 1, 3, 2, 4, 4, 7, 5, 5};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++) lane_take(&lane, order[i], &verdict);
  expect("late, repeated and missing events are told apart", verdict.delivered == 7 && verdict.reordered == 2 &&
                                                                 verdict.duplicated == 2 && verdict.missing == 1);
  lane_take(&lane, 500, &verdict);
  lane_take(&lane, 8, &verdict);
  expect("one that is far too late stays missing", verdict.missing == 1 + 492 && verdict.duplicated == 3);
}

static void check_histogram(void) {
  static struct histogram histogram;
  for (uint64_t i = 1; i <= 100000; i++) histogram_add(&histogram, i * 1000);
  double half = histogram_percentile_ms(&histogram, 0.5), most = histogram_percentile_ms(&histogram, 0.99);
  expect("percentiles are right to 1.6 %", half >= 50 && half < 50.8 && most >= 99 && most < 100.0001);
}

int main(void) {
  events_start();
  check_sse();
  check_records();
  check_reports();
  check_websocket();
  check_refusals();
  check_lanes();
  check_histogram();
  printf("bench parsers: %d cases, %d failed.\n", cases, failures);
  return failures != 0;
}
