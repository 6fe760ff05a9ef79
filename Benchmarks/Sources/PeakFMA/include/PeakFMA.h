// Measures the machine's peak multiply-add rate, with which every other speed is compared.
#pragma once

/// Billions of floating-point operations per second (a fused multiply-add counts as two) of this number of threads
/// together, in single precision and only in registers: the best of some short runs.
double peak_fma_gflops(int threads);

/// The name of the measured instruction set.
const char *peak_fma_name(void);
