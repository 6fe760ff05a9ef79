// zlib, with the one macro of it that Swift can't see.
#include <zlib.h>

static inline int chainrule_inflate_init(z_streamp stream) {
  // 15: the largest window; 16 more: with a gzip header.
  return inflateInit2(stream, 15 + 16);
}
