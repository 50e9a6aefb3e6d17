// What the command line asks for.
#pragma once

#include "support.h"

enum role { ROLE_GET, ROLE_HANDSHAKE, ROLE_FANOUT, ROLE_IDLE };

struct options {
  enum role role;
  uint16_t port;
  int seconds;
  int connections;  // of get, in flight of handshake, streams of idle and fanout
  int topics;
  int publishers;
  double rate;  // publishes per second over all topics; 0 is as fast as the window allows
  int window;   // events of a topic that may be under way when rate is 0
  bool websocket;
  bool resumed;
  bool hold;  // say "established" and wait for a line on standard input before measuring
  struct processes server;
};

/// Reads the arguments; ends the program with the usage text when they are wrong.
struct options options_read(int count, char **arguments);
