#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/// Starts counting the calling thread's heap allocations from zero.
void allocation_counter_start(void);

/// Stops counting, and returns how many allocations the calling thread made since the start; -1 on a platform where
/// they can't be counted.
long allocation_counter_stop(void);

#endif
