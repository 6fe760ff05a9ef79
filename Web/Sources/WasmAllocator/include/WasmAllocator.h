// The memory that Swift's runtime asks for. `WasmAllocator.c` says how.
#ifndef WASM_ALLOCATOR_H
#define WASM_ALLOCATOR_H

#include <stddef.h>

int posix_memalign(void **block, size_t alignment, size_t size);
void free(void *block);

#endif
