// libev for Swift. Its ev_TYPE_init calls are macros, which Swift cannot import; each wrapper below is one of them.
#ifndef SIGNALBOX_CLIBEV_SHIM_H
#define SIGNALBOX_CLIBEV_SHIM_H

#include <ev.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static inline void signalbox_ev_io_init(ev_io *_Nonnull watcher,
                                        void (*_Nonnull callback)(struct ev_loop *_Nonnull, ev_io *_Nonnull, int),
                                        int descriptor, int events) {
  ev_io_init(watcher, callback, descriptor, events);
}

// ev_io_set is a macro over two fields; the watcher must not be running.
static inline void signalbox_ev_io_set(ev_io *_Nonnull watcher, int descriptor, int events) {
  ev_io_set(watcher, descriptor, events);
}

static inline void signalbox_ev_timer_init(ev_timer *_Nonnull watcher,
                                           void (*_Nonnull callback)(struct ev_loop *_Nonnull, ev_timer *_Nonnull, int)) {
  ev_timer_init(watcher, callback, 0., 0.);
}

// ev_timer_set is a macro over two fields.
static inline void signalbox_ev_timer_set(ev_timer *_Nonnull watcher, double after) {
  ev_timer_set(watcher, after, 0.);
}

static inline void signalbox_ev_async_init(ev_async *_Nonnull watcher,
                                           void (*_Nonnull callback)(struct ev_loop *_Nonnull, ev_async *_Nonnull, int)) {
  ev_async_init(watcher, callback);
}

static inline void signalbox_ev_prepare_init(ev_prepare *_Nonnull watcher,
                                             void (*_Nonnull callback)(struct ev_loop *_Nonnull, ev_prepare *_Nonnull, int)) {
  ev_prepare_init(watcher, callback);
}

// Declared for _GNU_SOURCE only, which Swift's view of glibc does not define.
extern int accept4(int listener, struct sockaddr *_Nullable address, socklen_t *_Nullable length, int flags);

// ioctl is variadic. What was written and the peer has not acknowledged, in bytes.
static inline int signalbox_unacknowledged_bytes(int descriptor) {
  int count = 0;
  return ioctl(descriptor, SIOCOUTQ, &count) == 0 ? count : 0;
}

// While something that was sent is not acknowledged: milliseconds since the peer has acknowledged anything. -1 otherwise. What the peer's
// window keeps us from sending does not count: such a peer is there, and answers when it is asked for its window.
static inline long signalbox_unheard_milliseconds(int descriptor) {
  struct tcp_info info;
  socklen_t length = sizeof info;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) return -1;
  return info.tcpi_unacked == 0 ? -1 : (long)info.tcpi_last_ack_recv;
}

#endif
