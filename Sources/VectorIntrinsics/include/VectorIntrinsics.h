// What Swift's vector types do lane by lane and processors do at once.
#pragma once

typedef float vector8 __attribute__((ext_vector_type(8)));

/// The square root of each lane, correctly rounded.
static inline vector8 vector_square_root(vector8 x) { return __builtin_elementwise_sqrt(x); }
