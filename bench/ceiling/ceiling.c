// A server with as little between epoll and OpenSSL as possible: what a gateway's streams can be measured against.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ceiling.h"

static int poller, listener;
static SSL_CTX *settings;

static _Noreturn void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("ceiling: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

static void watch(struct client *client, int operation, bool writable) {
  struct epoll_event event = {.events = EPOLLIN | (writable ? EPOLLOUT : 0), .data.ptr = client};
  if (epoll_ctl(poller, operation, client->fd, &event) != 0) fail("epoll_ctl: %s", strerror(errno));
  client->waits_to_write = writable;
}

static void end(struct client *client) {
  topic_leave(client);
  for (uint32_t i = 0; i < client->queued; i++) frame_release(client->queue[i]);
  if (client->is_open) SSL_shutdown(client->tls);
  ERR_clear_error();
  SSL_free(client->tls);
  close(client->fd);
  free(client->queue);
  free(client->request);
  free(client);
}

// False when the client is lost. It is ended where its next event is served, never in the middle of a publish.
static bool write_now(struct client *client, const struct frame *frame, bool *taken) {
  ERR_clear_error();
  int sent = SSL_write(client->tls, frame->bytes, (int)frame->length);
  *taken = sent > 0;
  if (*taken) return true;
  int error = SSL_get_error(client->tls, sent);
  return error == SSL_ERROR_WANT_WRITE || error == SSL_ERROR_WANT_READ;
}

void client_send(struct client *client, struct frame *frame) {
  bool taken = false;
  if (!client->queued && (!write_now(client, frame, &taken) || taken)) return;
  if (client->queued == client->room) {
    client->room = client->room ? client->room * 2 : 8;
    client->queue = realloc(client->queue, client->room * sizeof(struct frame *));
    if (!client->queue) fail("out of memory");
  }
  client->queue[client->queued++] = frame;
  frame->holders++;
  if (!client->waits_to_write) watch(client, EPOLL_CTL_MOD, true);
}

static bool flush(struct client *client) {
  uint32_t left = 0;
  bool alive = true, taken = true;
  for (; left < client->queued && taken; left += taken) {
    alive = write_now(client, client->queue[left], &taken);
    if (taken) frame_release(client->queue[left]);
  }
  client->queued -= left;
  memmove(client->queue, client->queue + left, client->queued * sizeof(struct frame *));
  if (!client->queued) {
    free(client->queue);
    client->queue = NULL;
    client->room = 0;
    watch(client, EPOLL_CTL_MOD, false);
  }
  return alive;
}

// Whether to wait for more after an operation that did not succeed.
static bool must_wait(struct client *client, int result) {
  int error = SSL_get_error(client->tls, result);
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

static bool receive(struct client *client) {
  char ignored[512];
  for (;;) {
    struct request *request = client->request;
    ERR_clear_error();
    // What a stream's client still says (a WebSocket's pong, say) is of no interest.
    int count = request ? SSL_read(client->tls, request->bytes + request->filled, REQUEST_MAX - 1 - request->filled)
                        : SSL_read(client->tls, ignored, sizeof ignored);
    if (count <= 0) return must_wait(client, count);
    if (!request) continue;
    request->filled += (uint16_t)count;
    if (!requests_answer(client)) return false;
  }
}

static void serve(struct client *client, uint32_t ready) {
  if (!client->is_open) {
    ERR_clear_error();
    int result = SSL_accept(client->tls);
    if (result <= 0) {
      if (!must_wait(client, result)) end(client);
      return;
    }
    client->is_open = true;
  }
  bool alive = !(ready & EPOLLOUT) || !client->queued || flush(client);
  if (alive && ready & ~(uint32_t)EPOLLOUT) alive = receive(client);
  if (!alive) end(client);
}

static void accept_clients(void) {
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
      if (errno == EAGAIN || errno == ECONNABORTED || errno == EINTR) return;
      fail("accept4: %s", strerror(errno));
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    struct client *client = calloc(1, sizeof *client);
    struct request *request = calloc(1, sizeof *request);
    if (!client || !request) fail("out of memory");
    *client = (struct client){.fd = fd, .tls = SSL_new(settings), .request = request};
    if (!client->tls) fail("SSL_new: out of memory");
    SSL_set_fd(client->tls, fd);
    SSL_set_accept_state(client->tls);
    watch(client, EPOLL_CTL_ADD, false);
  }
}

static uint16_t listen_on(uint16_t port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)) != 0 ||
      bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 4096) != 0 ||
      getsockname(listener, (struct sockaddr *)&address, &size) != 0)
    fail("listening on 127.0.0.1:%d: %s", port, strerror(errno));
  poller = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  if (poller < 0 || epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event) != 0) fail("epoll: %s", strerror(errno));
  return ntohs(address.sin_port);
}

static void prepare_tls(const char *certificate, const char *key) {
  settings = SSL_CTX_new(TLS_server_method());
  if (!settings || SSL_CTX_set_min_proto_version(settings, TLS1_3_VERSION) != 1 ||
      SSL_CTX_use_certificate_chain_file(settings, certificate) != 1 ||
      SSL_CTX_use_PrivateKey_file(settings, key, SSL_FILETYPE_PEM) != 1)
    fail("%s and %s are not a certificate and its key in PEM", certificate, key);
  // An idle stream keeps no record buffers. Tickets are on, as OpenSSL has them: they make no state here.
  SSL_CTX_set_mode(settings, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(settings, SSL_SESS_CACHE_OFF);
}

// Whoever waits for the file must never see half of it.
static void write_port(const char *path, uint16_t port) {
  char draft[4096];
  snprintf(draft, sizeof draft, "%s.part", path);
  FILE *file = fopen(draft, "w");
  if (!file || fprintf(file, "%d\n", port) < 0 || fclose(file) != 0 || rename(draft, path) != 0)
    fail("%s cannot be written: %s", path, strerror(errno));
}

int main(int count, char **arguments) {
  static const struct option names[] = {{"port", 1, NULL, 'p'}, {"cert", 1, NULL, 'c'}, {"key", 1, NULL, 'k'},
                                        {"ready", 1, NULL, 'r'},
                                        {"history", 1, NULL, 'h'}, {NULL, 0, NULL, 0}};
  const char *port = "0", *certificate = NULL, *key = NULL, *ready_file = NULL;
  for (int name; (name = getopt_long(count, arguments, "", names, NULL)) != -1;) {
    if (name == 'p') port = optarg;
    else if (name == 'c') certificate = optarg;
    else if (name == 'k') key = optarg;
    else if (name == 'r') ready_file = optarg;
    else if (name == 'h') topics_keep((uint32_t)atoi(optarg));
    else return 2;
  }
  if (!certificate || !key || !ready_file || optind != count) {
    fputs("Usage: ceiling [--port PORT] [--history EVENTS] --cert FILE --key FILE --ready FILE\n\n"
          "Serves on 127.0.0.1 until SIGTERM; writes its port into the file of --ready when it listens. With --history,\n"
          "streams may go on behind the last id that they have seen.\n", stderr);
    return 2;
  }
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  signal(SIGPIPE, SIG_IGN);
  prepare_tls(certificate, key);
  requests_start();
  write_port(ready_file, listen_on((uint16_t)atoi(port)));
  for (;;) {
    struct epoll_event ready[512];
    int events = epoll_wait(poller, ready, 512, -1);
    if (events < 0 && errno != EINTR) fail("epoll_wait: %s", strerror(errno));
    for (int i = 0; i < events; i++) {
      if (ready[i].data.ptr) serve(ready[i].data.ptr, ready[i].events);
      else accept_clients();
    }
  }
}
