// zlib, plus a function for its one macro that Swift can't import.
#include <zlib.h>

static inline int chainrule_inflate_init(z_streamp stream) {
  // 15 is the largest window; 16 more expects a gzip header.
  return inflateInit2(stream, 15 + 16);
}
