// Topics by name, each with the clients that follow it.
#include <stdlib.h>
#include <string.h>

#include "ceiling.h"

struct topic {
  struct topic *next;
  struct client **clients;
  uint32_t count, room;
  uint64_t published;
  struct frame **kept;  // event n is at n mod history
  size_t length;
  char name[];
};

enum { BUCKETS = 4096 };
static struct topic *buckets[BUCKETS];
static uint32_t history;

void topics_keep(uint32_t events) { history = events; }

static struct topic **bucket_of(const char *name, size_t length) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)name[i]) * 16777619u;
  return &buckets[hash % BUCKETS];
}

static struct topic *find(const char *name, size_t length) {
  for (struct topic *topic = *bucket_of(name, length); topic; topic = topic->next)
    if (topic->length == length && memcmp(topic->name, name, length) == 0) return topic;
  return NULL;
}

static struct topic *find_or_make(const char *name, size_t length) {
  struct topic *topic = find(name, length);
  if (topic) return topic;
  topic = calloc(1, sizeof *topic + length);
  if (!topic) abort();
  topic->length = length;
  memcpy(topic->name, name, length);
  struct topic **bucket = bucket_of(name, length);
  topic->next = *bucket;
  return *bucket = topic;
}

void topic_join(struct client *client, const char *name, size_t length) {
  struct topic *topic = find_or_make(name, length);
  if (topic->count == topic->room) {
    topic->room = topic->room ? topic->room * 2 : 4;
    topic->clients = realloc(topic->clients, topic->room * sizeof *topic->clients);
    if (!topic->clients) abort();
  }
  client->topic = topic;
  client->place = topic->count;
  topic->clients[topic->count++] = client;
}

void topic_leave(struct client *client) {
  struct topic *topic = client->topic;
  if (!topic) return;
  struct client *last = topic->clients[--topic->count];
  topic->clients[client->place] = last;
  last->place = client->place;
  client->topic = NULL;
}

void topic_replay(struct client *client, uint64_t after) {
  struct topic *topic = client->topic;
  if (!topic->kept) return;
  uint64_t oldest = topic->published > history ? topic->published - history : 0;
  for (uint64_t id = (after > oldest ? after : oldest) + 1; id <= topic->published; id++)
    client_send(client, topic->kept[id % history]);
}

static void keep(struct topic *topic, struct frame *frame) {
  if (!topic->kept) topic->kept = calloc(history, sizeof *topic->kept);
  if (!topic->kept) abort();
  struct frame **place = &topic->kept[topic->published % history];
  if (*place) frame_release(*place);
  *place = frame;
  frame->holders++;
}

void topic_publish(const char *name, size_t length, const char *data, size_t data_length) {
  struct topic *topic = history ? find_or_make(name, length) : find(name, length);
  if (!topic) return;
  topic->published++;
  struct frame *sse = frame_make_sse(data, data_length, history ? topic->published : 0);
  struct frame *text = frame_make_text(data, data_length);
  for (uint32_t i = 0; i < topic->count; i++) {
    struct client *client = topic->clients[i];
    client_send(client, client->is_websocket ? text : sse);
  }
  if (history) keep(topic, sse);
  frame_release(sse);
  frame_release(text);
}
