#include "connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "support.h"

static int poller;
static void (*keep_session)(struct connection *, SSL_SESSION *);
static uint8_t input[65536];

// As many as the hard limit gives, or more where we may raise that, too.
static void raise_file_limit(rlim_t files) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= files) return;
  struct rlimit wanted = {files, limit.rlim_max > files ? limit.rlim_max : files};
  if (setrlimit(RLIMIT_NOFILE, &wanted) == 0) return;
  fail("%ju open files are needed, and the limit is %ju: raise it (ulimit -n)", (uintmax_t)files,
       (uintmax_t)limit.rlim_max);
}

static int new_session(SSL *tls, SSL_SESSION *session) {
  if (!keep_session) return 0;
  keep_session(SSL_get_app_data(tls), session);
  return 1;
}

void connections_start(int files) {
  raise_file_limit((rlim_t)files + 64);
  poller = epoll_create1(EPOLL_CLOEXEC);
  if (poller < 0) fail("no epoll: %s", strerror(errno));
}

struct target target_make(uint16_t port, const char *certificate, const char *key) {
  SSL_CTX *settings = SSL_CTX_new(TLS_client_method());
  if (!settings) fail("SSL_CTX_new: out of memory");
  if (certificate && (SSL_CTX_use_certificate_chain_file(settings, certificate) != 1 ||
                      SSL_CTX_use_PrivateKey_file(settings, key, SSL_FILETYPE_PEM) != 1))
    fail("%s and %s are not a certificate and its key in PEM", certificate, key);
  SSL_CTX_set_min_proto_version(settings, TLS1_3_VERSION);
  // The certificate was made a moment ago and is nobody's: what is measured is the server.
  SSL_CTX_set_verify(settings, SSL_VERIFY_NONE, NULL);
  SSL_CTX_set_mode(settings, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(settings, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(settings, new_session);
  // Several records with one system call: the load generator must cost less than what it measures.
  SSL_CTX_set_read_ahead(settings, 1);
  return (struct target){port, settings};
}

struct target target_serve(const char *certificate, const char *key, const char *authority) {
  SSL_CTX *settings = SSL_CTX_new(TLS_server_method());
  if (!settings) fail("SSL_CTX_new: out of memory");
  if (SSL_CTX_use_certificate_chain_file(settings, certificate) != 1 ||
      SSL_CTX_use_PrivateKey_file(settings, key, SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_load_verify_locations(settings, authority, NULL) != 1)
    fail("%s, %s and %s are not a certificate, its key and an authority in PEM", certificate, key, authority);
  SSL_CTX_set_min_proto_version(settings, TLS1_3_VERSION);
  SSL_CTX_set_verify(settings, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
  SSL_CTX_set_mode(settings, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_num_tickets(settings, 0);
  SSL_CTX_set_read_ahead(settings, 1);
  return (struct target){0, settings};
}

void connections_keep_sessions(void (*keep)(struct connection *, SSL_SESSION *)) { keep_session = keep; }

void connection_close(struct connection *connection) {
  if (connection->phase == PHASE_CLOSED) return;
  if (connection->phase == PHASE_OPEN) SSL_shutdown(connection->tls);
  ERR_clear_error();
  SSL_free(connection->tls);
  free(connection->output);
  close(connection->fd);
  connection->phase = PHASE_CLOSED;
}

static void end(struct connection *connection, const char *why) {
  connection_close(connection);
  connection->events->ended(connection, why);
}

static void watch(struct connection *connection, int operation, bool writable) {
  struct epoll_event event = {.events = EPOLLIN | (writable ? EPOLLOUT : 0), .data.ptr = connection};
  if (epoll_ctl(poller, operation, connection->fd, &event) != 0) fail("epoll_ctl: %s", strerror(errno));
  connection->waits_to_write = writable;
}

static struct sockaddr_in address_of(uint16_t port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

// On a socket that is there, whichever side has asked for it.
static void begin(struct connection *connection, int fd, const struct target *target,
                  const struct connection_events *events) {
  connection->events = events;
  connection->unsent = 0;
  connection->output = NULL;
  connection->fd = fd;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  connection->tls = SSL_new(target->settings);
  if (!connection->tls) fail("SSL_new: out of memory");
  SSL_set_app_data(connection->tls, connection);
  SSL_set_fd(connection->tls, fd);
}

void connection_listen(struct connection *listener, uint16_t port, const struct connection_events *events) {
  struct sockaddr_in address = address_of(port);
  listener->events = events;
  listener->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener->fd < 0) fail("socket: %s", strerror(errno));
  setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
  if (bind(listener->fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener->fd, 4096) != 0)
    fail("listening on 127.0.0.1:%d: %s", port, strerror(errno));
  listener->phase = PHASE_LISTENING;
  watch(listener, EPOLL_CTL_ADD, false);
}

bool connection_accept(struct connection *connection, const struct connection *listener, const struct target *target,
                       const struct connection_events *events) {
  int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  // Whoever has gone again is not there either. Everything else would be told of again and again.
  if (fd < 0 && errno != EAGAIN && errno != ECONNABORTED) fail("accepting a connection: %s", strerror(errno));
  if (fd < 0) return false;
  begin(connection, fd, target, events);
  SSL_set_accept_state(connection->tls);
  connection->phase = PHASE_HANDSHAKING;
  watch(connection, EPOLL_CTL_ADD, false);
  return true;
}

void connection_open(struct connection *connection, const struct target *target,
                     const struct connection_events *events, SSL_SESSION *session) {
  struct sockaddr_in address = address_of(target->port);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket: %s", strerror(errno));
  begin(connection, fd, target, events);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)
    fail("connecting to 127.0.0.1:%d: %s", target->port, strerror(errno));
  SSL_set_connect_state(connection->tls);
  if (session) SSL_set_session(connection->tls, session);
  connection->phase = PHASE_CONNECTING;
  watch(connection, EPOLL_CTL_ADD, true);
}

// Whether the connection goes on after an operation gave `result`.
static bool goes_on(struct connection *connection, int result, const char *doing) {
  int error = SSL_get_error(connection->tls, result);
  if (error == SSL_ERROR_WANT_READ) {
    if (connection->waits_to_write && !connection->unsent) watch(connection, EPOLL_CTL_MOD, false);
    return true;
  }
  if (error == SSL_ERROR_WANT_WRITE) {
    if (!connection->waits_to_write) watch(connection, EPOLL_CTL_MOD, true);
    return true;
  }
  end(connection, doing);
  return false;
}

static void flush(struct connection *connection) {
  if (!connection->unsent) return;
  ERR_clear_error();
  int sent = SSL_write(connection->tls, connection->output, (int)connection->unsent);
  if (sent <= 0) { goes_on(connection, sent, "closed while we wrote"); return; }
  connection->unsent = 0;
  free(connection->output);
  connection->output = NULL;
  if (connection->waits_to_write) watch(connection, EPOLL_CTL_MOD, false);
}

void connection_send(struct connection *connection, const char *bytes, size_t count) {
  if (connection->unsent) fail("a message was sent before the last had left");
  ERR_clear_error();
  int sent = SSL_write(connection->tls, bytes, (int)count);
  if (sent > 0) return;
  // OpenSSL has begun with these bytes and wants to see them again.
  connection->output = malloc(count);
  if (!connection->output) fail("out of memory");
  memcpy(connection->output, bytes, count);
  connection->unsent = count;
  goes_on(connection, sent, "closed while we wrote");
}

static void receive(struct connection *connection) {
  do {
    ERR_clear_error();
    int count = SSL_read(connection->tls, input, sizeof input);
    if (count <= 0) { goes_on(connection, count, "closed by the server"); return; }
    SSL *tls = connection->tls;
    connection->events->received(connection, input, (size_t)count);
    // The owner may have closed it, and even opened it again.
    if (connection->phase != PHASE_OPEN || connection->tls != tls) return;
  } while (SSL_has_pending(connection->tls));
}

static void serve(struct connection *connection, uint32_t ready) {
  if (connection->phase == PHASE_LISTENING) { connection->events->opened(connection); return; }
  if (connection->phase == PHASE_CONNECTING) {
    int error = 0;
    getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &(socklen_t){sizeof error});
    if (error) { end(connection, strerror(error)); return; }
    connection->phase = PHASE_HANDSHAKING;
  }
  if (connection->phase == PHASE_HANDSHAKING) {
    ERR_clear_error();
    int result = SSL_do_handshake(connection->tls);
    if (result <= 0) { goes_on(connection, result, "the TLS handshake failed"); return; }
    connection->phase = PHASE_OPEN;
    if (connection->waits_to_write) watch(connection, EPOLL_CTL_MOD, false);
    connection->events->opened(connection);
    if (connection->phase == PHASE_OPEN && SSL_has_pending(connection->tls)) receive(connection);
    return;
  }
  if (connection->phase == PHASE_OPEN && ready & EPOLLOUT) flush(connection);
  if (connection->phase == PHASE_OPEN && ready & ~(uint32_t)EPOLLOUT) receive(connection);
}

void connections_turn(uint64_t deadline) {
  struct epoll_event ready[512];
  uint64_t now = now_ns(), left = deadline > now ? deadline - now : 0;
  struct timespec timeout = {.tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000)};
  int count = epoll_pwait2(poller, ready, 512, &timeout, NULL);
  if (count < 0 && errno != EINTR) fail("epoll_pwait2: %s", strerror(errno));
  for (int i = 0; i < count; i++) serve(ready[i].data.ptr, ready[i].events);
}
