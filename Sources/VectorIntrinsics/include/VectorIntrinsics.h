// Operations for which processors have an instruction, but which Swift's vector types do lane by lane.
//
// The module that uses them is compiled for AVX2 on x86-64. On other processors it compiles too, with plain loops
// instead of instructions, so that the package has the same targets everywhere. Nothing runs it there.
#pragma once

typedef float vector8 __attribute__((ext_vector_type(8)));
typedef int integers8 __attribute__((ext_vector_type(8)));

#if defined(__AVX2__)

/// All bits set in the first `count` lanes, and none in the others; `count` is from 0 to 8.
static inline integers8 vector_first_lanes(long count) {
  const integers8 lanes = {0, 1, 2, 3, 4, 5, 6, 7};
  return lanes < (integers8)(int)count;
}

/// The first `count` values, then zeros. Reads nothing after them.
static inline vector8 vector_load_first(const float *from, long count) {
  typedef float plain8 __attribute__((vector_size(32)));
  typedef int mask8 __attribute__((vector_size(32)));
  return (vector8)__builtin_ia32_maskloadps256((const plain8 *)from, (mask8)vector_first_lanes(count));
}

#else

/// The first `count` values, then zeros. Reads nothing after them.
static inline vector8 vector_load_first(const float *from, long count) {
  vector8 values = 0;
  for (long i = 0; i < count; i++) values[i] = from[i];
  return values;
}

#endif

/// Writes the first `count` values, fewer than eight; nothing if `count` is negative. It writes in pieces, because on
/// some processors a masked write takes as long as ten plain ones.
static inline void vector_store_first(vector8 value, float *to, long count) {
  typedef float vector4 __attribute__((ext_vector_type(4)));
  typedef float unaligned4 __attribute__((ext_vector_type(4), aligned(4)));
  typedef float unaligned2 __attribute__((ext_vector_type(2), aligned(4)));
  if (count <= 0) return;
#if defined(__AVX2__)
  // Otherwise the compiler would compute the value in two halves from the start.
  __asm__("" : "+x"(value));
#endif
  vector4 rest = value.lo;
  if (count & 4) {
    *(unaligned4 *)to = rest;
    to += 4;
    rest = value.hi;
  }
  if (count & 2) {
    *(unaligned2 *)to = rest.lo;
    to += 2;
    rest = rest.zwzw;
  }
  if (count & 1) *to = rest.x;
}

/// Transposes up to eight rows of eight values. Each of the eight result rows is written as eight values; those after
/// the first `rows` are unspecified. Combining half rows while loading leaves only sixteen shuffles.
static inline void vector_turn(const float *from, long stride, long rows, float *to, long to_stride) {
  typedef float vector4 __attribute__((ext_vector_type(4)));
  typedef float unaligned4 __attribute__((ext_vector_type(4), aligned(4)));
  typedef float unaligned8 __attribute__((ext_vector_type(8), aligned(4)));
  vector8 low[4], high[4];
  for (int i = 0; i < 4; i++) {
    const float *first = from + (i < rows ? i : 0) * stride;
    const float *second = from + (i + 4 < rows ? i + 4 : 0) * stride;
    low[i] = __builtin_shufflevector((vector4)*(const unaligned4 *)first, (vector4)*(const unaligned4 *)second,
                                     0, 1, 2, 3, 4, 5, 6, 7);
    high[i] = __builtin_shufflevector((vector4)*(const unaligned4 *)(first + 4),
                                      (vector4)*(const unaligned4 *)(second + 4), 0, 1, 2, 3, 4, 5, 6, 7);
  }
  for (int half = 0; half < 2; half++) {
    const vector8 *r = half == 0 ? low : high;
    vector8 a = __builtin_shufflevector(r[0], r[1], 0, 8, 1, 9, 4, 12, 5, 13);
    vector8 b = __builtin_shufflevector(r[2], r[3], 0, 8, 1, 9, 4, 12, 5, 13);
    vector8 c = __builtin_shufflevector(r[0], r[1], 2, 10, 3, 11, 6, 14, 7, 15);
    vector8 d = __builtin_shufflevector(r[2], r[3], 2, 10, 3, 11, 6, 14, 7, 15);
    float *t = to + 4 * half * to_stride;
    *(unaligned8 *)t = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
    *(unaligned8 *)(t + to_stride) = __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    *(unaligned8 *)(t + 2 * to_stride) = __builtin_shufflevector(c, d, 0, 1, 8, 9, 4, 5, 12, 13);
    *(unaligned8 *)(t + 3 * to_stride) = __builtin_shufflevector(c, d, 2, 3, 10, 11, 6, 7, 14, 15);
  }
}

/// Each lane times 2^n, rounded once where the product is denormal or infinite; n is from −252 to 254.
static inline vector8 vector_scale(vector8 x, integers8 n) {
  // In two factors, because n can be outside the exponents of normal numbers.
  const integers8 half = n >> 1;
  return x * (vector8)((half + 127) << 23) * (vector8)((n - half + 127) << 23);
}

/// The same lanes. Keeps the compiler from computing them in halves because later code uses halves.
static inline vector8 vector_whole(vector8 x) {
#if defined(__AVX2__)
  __asm__("" : "+x"(x));
#endif
  return x;
}

/// The square root of each lane, correctly rounded.
static inline vector8 vector_square_root(vector8 x) { return __builtin_elementwise_sqrt(x); }

/// Prefetches the memory at an address into the caches. Never faults.
static inline void cache_prefetch(const float *at) { __builtin_prefetch(at, 0, 2); }
