// libev for Swift. Its ev_TYPE_init calls are macros, which Swift cannot import; each wrapper below is one of them.
#ifndef SIGNALBOX_CLIBEV_SHIM_H
#define SIGNALBOX_CLIBEV_SHIM_H

#include <ev.h>
#include <linux/sockios.h>
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

#endif
