// zlib for Swift: deflateInit2 is a macro that passes the header's version along.
#ifndef SIGNALBOX_CZLIB_SHIM_H
#define SIGNALBOX_CZLIB_SHIM_H

#include <zlib.h>

// windowBits 15 + 16 asks for a gzip wrapper instead of a zlib one.
static inline int signalbox_deflate_init_gzip(z_stream *_Nonnull stream) {
  return deflateInit2(stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
}

#endif
