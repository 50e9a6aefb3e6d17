// hiredis for Swift: its parser and writer. Its sockets are not used, ours are.
#ifndef SIGNALBOX_CHIREDIS_SHIM_H
#define SIGNALBOX_CHIREDIS_SHIM_H

#include <hiredis/hiredis.h>

// Swift imports an array of characters as a tuple of 128 of them.
static inline const char *_Nonnull signalbox_redis_reader_error(const redisReader *_Nonnull reader) {
  return reader->errstr;
}

#endif
