// Stands in front of the ceiling's client_send (linked with --wrap) and does to one event what FAULT says. It shows
// that the load generator sees each fault; it is no part of the ceiling.
#include <stdlib.h>
#include <string.h>

#include "../ceiling/ceiling.h"

void __real_client_send(struct client *client, struct frame *frame);
void __wrap_client_send(struct client *client, struct frame *frame);

enum { FAULT_AT = 1000 };  // counted in deliveries: well after the warm-up

static struct client *held_for, *other;
static struct frame *held;

static void send_broken(struct client *client, const struct frame *frame) {
  struct frame *copy = frame_make(frame->bytes, frame->length);
  copy->bytes[frame->length / 2] ^= 1;
  __real_client_send(client, copy);
  frame_release(copy);
}

// Only events count: an answer has no topic yet, or goes to a publisher.
void __wrap_client_send(struct client *client, struct frame *frame) {
  static int count;
  static bool done;
  const char *fault = getenv("FAULT");
  if (client->topic && !other) other = client;
  if (!client->topic || ++count < FAULT_AT) {
    __real_client_send(client, frame);
    return;
  }
  if (held && client == held_for) {
    __real_client_send(client, frame);
    __real_client_send(client, held);
    frame_release(held);
    held = NULL;
    return;
  }
  // The first event from then on that is not of the stream, or the topic, that may get it wrongly.
  bool is_spared = client == other || (strcmp(fault, "foreign") == 0 && client->topic == other->topic);
  if (done || is_spared || strcmp(fault, "none") == 0) {
    __real_client_send(client, frame);
    return;
  }
  done = true;
  if (strcmp(fault, "duplicated") == 0) {
    __real_client_send(client, frame);
    __real_client_send(client, frame);
  } else if (strcmp(fault, "foreign") == 0) {
    __real_client_send(client, frame);
    __real_client_send(other, frame);
  } else if (strcmp(fault, "malformed") == 0) {
    send_broken(client, frame);
  } else if (strcmp(fault, "reordered") == 0) {
    held_for = client;
    held = frame;
    frame->holders++;
  } else if (strcmp(fault, "crash") == 0) {
    abort();
  }
  // "lost": nothing is sent.
}
