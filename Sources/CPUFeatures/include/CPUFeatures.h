// Processor features and instructions that Swift can't reach.
#pragma once
#include <stdbool.h>

/// Whether the processor and the operating system support AVX2 and fused multiply-add, the core of x86-64-v3.
static inline bool cpu_has_avx2_and_fma(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}

/// Tells the processor that this is a spin loop.
static inline void cpu_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
