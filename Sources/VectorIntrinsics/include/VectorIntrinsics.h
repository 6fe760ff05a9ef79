// What Swift's vector types do lane by lane and processors do at once.
#pragma once

typedef float vector8 __attribute__((ext_vector_type(8)));
typedef int integers8 __attribute__((ext_vector_type(8)));

#if defined(__AVX2__)

/// All bits set in the first `count` lanes, none in those behind; `count` is from 0 to 8.
static inline integers8 vector_first_lanes(long count) {
  const integers8 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  return lanes < (integers8)(int)count;
}

/// The first `count` values, and zeros behind them; nothing behind them is read.
static inline vector8 vector_load_first(const float *from, long count) {
  typedef float plain8 __attribute__((vector_size(32)));
  typedef int mask8 __attribute__((vector_size(32)));
  return (vector8)__builtin_ia32_maskloadps256((const plain8 *)from, (mask8)vector_first_lanes(count));
}

/// Writes the first `count` values, and nothing behind them.
static inline void vector_store_first(vector8 value, float *to, long count) {
  typedef float plain8 __attribute__((vector_size(32)));
  typedef int mask8 __attribute__((vector_size(32)));
  __builtin_ia32_maskstoreps256((plain8 *)to, (mask8)vector_first_lanes(count), (plain8)value);
}

#endif

/// The square root of each lane, correctly rounded.
static inline vector8 vector_square_root(vector8 x) { return __builtin_elementwise_sqrt(x); }

/// Asks for the memory at an address to be brought into the caches; never faults.
static inline void cache_prefetch(const float *at) { __builtin_prefetch(at, 0, 2); }
