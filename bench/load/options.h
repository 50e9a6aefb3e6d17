// What the command line asks for.
#pragma once

#include "support.h"

enum role { ROLE_GET, ROLE_HANDSHAKE, ROLE_FANOUT, ROLE_IDLE, ROLE_PUBLISH, ROLE_RESUME, ROLE_RUNS };

enum { PORTS_MAX = 8 };

struct options {
  enum role role;
  uint16_t port;
  // Where else streams are opened: they are spread over `port` and these, as behind a balancer.
  uint16_t more_ports[PORTS_MAX];
  int more_ports_count;
  // Of the gateway: where and as whom to publish, and the file with the token to watch with. 0 and NULL elsewhere.
  uint16_t ingest_port;
  const char *certificate, *key, *token;
  // Of the agent that we are for the gateway: where, and as whom; whose certificates it takes.
  uint16_t agent_port;
  const char *agent_certificate, *agent_key, *agent_authority;
  int seconds;
  int connections;  // of get, in flight of handshake, streams of idle, fanout and resume
  int topics;
  int publishers;
  double rate;  // publishes per second over all topics; 0 is as fast as the window allows
  int window;   // events of a topic that may be under way when rate is 0
  int batch;    // events in a request that publishes
  int missed;   // events that the streams of resume have missed
  bool reconnects;  // of resume: the handshakes count
  bool websocket;
  bool resumed;
  bool hold;  // say "established" and wait for a line on standard input before measuring
  struct processes server;
};

/// Reads the arguments; ends the program with the usage text when they are wrong.
struct options options_read(int count, char **arguments);
