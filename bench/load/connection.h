// One TLS connection to the server, or one that the server has opened to us, without blocking, on the one epoll of the process.
#pragma once

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct connection;

/// Where connections go, and as whom.
struct target {
  uint16_t port;  // of 127.0.0.1
  SSL_CTX *settings;
};

/// What the owner of a connection wants to hear. A function may close its connection and may open it again.
struct connection_events {
  void (*opened)(struct connection *connection);
  void (*received)(struct connection *connection, const uint8_t *bytes, size_t count);
  void (*ended)(struct connection *connection, const char *why);
};

enum connection_phase { PHASE_CLOSED, PHASE_LISTENING, PHASE_CONNECTING, PHASE_HANDSHAKING, PHASE_OPEN };

struct connection {
  const struct connection_events *events;
  enum connection_phase phase;
  int fd;
  bool waits_to_write;
  SSL *tls;
  size_t unsent;
  char *output;  // what the socket did not take
};

/// Makes the epoll, and raises the limit of open files to `files`.
void connections_start(int files);

/// The TLS settings for a port; with a certificate and its key (PEM files) unless they are NULL.
struct target target_make(uint16_t port, const char *certificate, const char *key);

/// The TLS settings of a server that lets in whoever shows a certificate of this authority, and nobody else (PEM files).
struct target target_serve(const char *certificate, const char *key, const char *authority);

/// Serves sockets until `deadline`, or until something happened, whichever comes first.
void connections_turn(uint64_t deadline);

/// Begins to connect; `session` may be NULL. `opened` or `ended` follows.
void connection_open(struct connection *connection, const struct target *target,
                     const struct connection_events *events, SSL_SESSION *session);

/// Listens on a port of 127.0.0.1; `opened` is told each time that somebody is there to be accepted.
void connection_listen(struct connection *listener, uint16_t port, const struct connection_events *events);

/// Takes in one of those who are there, as a server with these settings; false when nobody is. `opened` or `ended` follows.
bool connection_accept(struct connection *connection, const struct connection *listener, const struct target *target,
                       const struct connection_events *events);

/// Sends all of it, now or when the socket takes it. One message at a time: the one before must have left.
void connection_send(struct connection *connection, const char *bytes, size_t count);

/// Closes without a word to the owner.
void connection_close(struct connection *connection);

/// Whom to call with each new session ticket. It owns the session it is given.
void connections_keep_sessions(void (*keep)(struct connection *connection, SSL_SESSION *session));
