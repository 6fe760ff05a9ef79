#include "PeakFMA.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

// A multiply-add takes about four cycles, and two or more start in each cycle, so a dozen independent ones keep the
// units busy. All accumulators converge to a fixed point, so that none overflows or becomes denormal. (Not more: AVX2
// has sixteen registers, and two are in use.)
#define CHAINS 12

/// Runs this number of rounds of multiply-adds, one per accumulator and round. Returns the number of floats in one
/// round.
typedef int (*Loop)(long rounds, float *sink);

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2,fma"), noinline)) static int loop_avx2(long rounds, float *sink) {
  __m256 a[CHAINS], x = _mm256_set1_ps(0.5f), b = _mm256_set1_ps(0.25f);
  for (int i = 0; i < CHAINS; i++) a[i] = _mm256_set1_ps((float)i);
  for (long round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < CHAINS; i++) {
      a[i] = _mm256_fmadd_ps(a[i], x, b);
      __asm__ volatile("" : "+x"(a[i]));
    }
  }
  for (int i = 1; i < CHAINS; i++) a[0] = _mm256_add_ps(a[0], a[i]);
  *sink = _mm256_cvtss_f32(a[0]);
  return 8 * CHAINS;
}

__attribute__((target("avx512f"), noinline)) static int loop_avx512(long rounds, float *sink) {
  __m512 a[CHAINS], x = _mm512_set1_ps(0.5f), b = _mm512_set1_ps(0.25f);
  for (int i = 0; i < CHAINS; i++) a[i] = _mm512_set1_ps((float)i);
  for (long round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < CHAINS; i++) {
      a[i] = _mm512_fmadd_ps(a[i], x, b);
      __asm__ volatile("" : "+v"(a[i]));
    }
  }
  for (int i = 1; i < CHAINS; i++) a[0] = _mm512_add_ps(a[0], a[i]);
  *sink = _mm512_cvtss_f32(a[0]);
  return 16 * CHAINS;
}
#elif defined(__aarch64__)
#include <arm_neon.h>

static int loop_neon(long rounds, float *sink) {
  float32x4_t a[CHAINS], x = vdupq_n_f32(0.5f), b = vdupq_n_f32(0.25f);
  for (int i = 0; i < CHAINS; i++) a[i] = vdupq_n_f32((float)i);
  for (long round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < CHAINS; i++) {
      a[i] = vfmaq_f32(b, a[i], x);
      __asm__ volatile("" : "+w"(a[i]));
    }
  }
  for (int i = 1; i < CHAINS; i++) a[0] = vaddq_f32(a[0], a[i]);
  *sink = vgetq_lane_f32(a[0], 0);
  return 4 * CHAINS;
}
#endif

/// For other processors: whatever the compiler generates.
static int loop_plain(long rounds, float *sink) {
  float a[4 * CHAINS];
  for (int i = 0; i < 4 * CHAINS; i++) a[i] = (float)i;
  for (long round = 0; round < rounds; round++) {
    for (int i = 0; i < 4 * CHAINS; i++) a[i] = a[i] * 0.5f + 0.25f;
    __asm__ volatile("" : : "r"(a) : "memory");
  }
  *sink = a[0];
  return 4 * CHAINS;
}

typedef struct {
  const char *name;
  Loop loop;
} Candidate;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// MARK: One measurement

typedef struct {
  Loop loop;
  long rounds;
  int threads;
  atomic_int ready;
} Run;

static void *work(void *context) {
  Run *run = context;
  float sink;
  run->loop(1000, &sink);
  // All threads start at the same time.
  atomic_fetch_add(&run->ready, 1);
  while (atomic_load(&run->ready) < run->threads) {}
  run->loop(run->rounds, &sink);
  __asm__ volatile("" : : "r"(&sink) : "memory");
  return NULL;
}

static double measure(Loop loop, int threads, long rounds) {
  Run run = {.loop = loop, .rounds = rounds, .threads = threads};
  pthread_t others[threads];
  for (int i = 1; i < threads; i++) {
    if (pthread_create(&others[i], NULL, work, &run) != 0) abort();
  }
  float sink;
  loop(1000, &sink);
  atomic_fetch_add(&run.ready, 1);
  while (atomic_load(&run.ready) < threads) {}
  double start = now();
  int width = loop(rounds, &sink);
  for (int i = 1; i < threads; i++) pthread_join(others[i], NULL);
  double seconds = now() - start;
  __asm__ volatile("" : : "r"(&sink) : "memory");
  return 2.0 * width * (double)rounds * threads / seconds * 1e-9;
}

static double best(Loop loop, int threads) {
  float sink;
  double start = now();
  loop(100000, &sink);
  // Runs of a few milliseconds: short enough to fall between two interruptions, long compared with starting a thread.
  long rounds = (long)(100000 * 0.004 / (now() - start)) + 1;
  double result = 0;
  for (int i = 0; i < CHAINS; i++) {
    double found = measure(loop, threads, rounds);
    if (found > result) result = found;
  }
  return result;
}

// MARK: Which instructions

static int candidates(Candidate *list) {
  int count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) list[count++] = (Candidate){"AVX2", loop_avx2};
  if (__builtin_cpu_supports("avx512f")) list[count++] = (Candidate){"AVX-512", loop_avx512};
#elif defined(__aarch64__)
  list[count++] = (Candidate){"NEON", loop_neon};
#endif
  if (count == 0) list[count++] = (Candidate){"plain", loop_plain};
  return count;
}

/// The fastest instructions, on one thread.
static Candidate chosen(void) {
  static Candidate result;
  if (result.loop) return result;
  Candidate list[2];
  int count = candidates(list);
  double highest = 0;
  for (int i = 0; i < count; i++) {
    double found = best(list[i].loop, 1);
    // Equal up to noise: take the simpler one.
    if (found > 1.05 * highest) {
      highest = found;
      result = list[i];
    }
  }
  return result;
}

double peak_fma_gflops(int threads) { return best(chosen().loop, threads); }

const char *peak_fma_name(void) { return chosen().name; }
