// How fast this machine multiplies and adds: what every other speed is compared with.
#pragma once

/// Billions of floating-point operations a second (a fused multiply-add counts as two) that so many threads do
/// together, in single precision, with nothing but registers: the best of some short runs.
double peak_fma_gflops(int threads);

/// What was measured: the name of the instruction set.
const char *peak_fma_name(void);
