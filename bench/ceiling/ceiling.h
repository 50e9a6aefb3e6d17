// What the parts of the ceiling share: a client, the topics, and how bytes leave.
#pragma once

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The bytes of one answer or event. Clients whose socket is full share it until it has left everywhere.
struct frame {
  uint32_t holders;
  uint32_t length;
  char bytes[];
};

struct topic;

enum { REQUEST_MAX = 2048 };

/// What a client needs as long as it sends requests; a stream lives without.
struct request {
  uint16_t filled;
  char bytes[REQUEST_MAX];
};

struct client {
  int fd;
  bool is_open;        // the handshake is done
  bool waits_to_write;
  bool is_websocket;
  SSL *tls;
  struct request *request;
  struct topic *topic;  // of a stream
  uint32_t place;       // where it stands among the topic's clients
  struct frame **queue;  // what the socket did not take
  uint32_t queued, room;
};

// loop.c
/// Sends the frame: at once when nothing is queued, later when the socket is full. One SSL_write for each frame and
/// client: that is what makes this program the ceiling of the servers that do the same.
void client_send(struct client *client, struct frame *frame);

// frame.c
struct frame *frame_make(const void *bytes, size_t length);
/// With an id unless it is 0.
struct frame *frame_make_sse(const char *data, size_t length, uint64_t id);
struct frame *frame_make_text(const char *data, size_t length);
void frame_release(struct frame *frame);

// topics.c
/// From now on each topic keeps its last `events` events, and they have ids.
void topics_keep(uint32_t events);

void topic_join(struct client *client, const char *name, size_t length);

/// Sends the kept events behind this id, one by one.
void topic_replay(struct client *client, uint64_t after);
void topic_leave(struct client *client);
void topic_publish(const char *name, size_t length, const char *data, size_t data_length);

// requests.c
void requests_start(void);

/// Answers the whole requests that are there. False: the client must go.
bool requests_answer(struct client *client);
