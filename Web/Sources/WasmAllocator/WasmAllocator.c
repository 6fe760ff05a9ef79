// A memory allocator for one thread: every block has a size that is a power of two and a list of free blocks of its size.
// What is freed is handed out again; what was never handed out comes from the end of the memory, which grows.
//
// Powers of two waste up to half of a block and need no search and no joining: a figure's arrays keep their sizes, so its
// memory stops growing after the first frames.

#include "WasmAllocator.h"

#include <stdint.h>

// In front of a block: its class, and where it was handed out. Sixteen bytes keep the block aligned for vectors.
typedef struct Header {
  struct Header *next;
  uint32_t size_class;
  uint32_t padding[2];
} Header;

_Static_assert(sizeof(Header) == 16, "blocks must stay aligned");

enum { smallest_class = 5, class_count = 32, page = 65536 };

static Header *free_blocks[class_count];
static uintptr_t unused;
static uintptr_t end;

extern unsigned char __heap_base;

static uintptr_t align_up(uintptr_t value, uintptr_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

// New memory of `size` bytes; 0 if the page has none.
static uintptr_t extend(size_t size) {
  if (unused == 0) {
    unused = align_up((uintptr_t)&__heap_base, 16);
    end = __builtin_wasm_memory_size(0) * page;
  }
  if (size > end - unused) {
    size_t pages = (size - (end - unused) + page - 1) / page;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return 0;
    end += pages * page;
  }
  uintptr_t block = unused;
  unused += size;
  return block;
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (alignment < 16) alignment = 16;
  if (size > (1u << 30) || alignment > page) return 12;
  // A larger alignment finds its place inside a block that is larger by as much; the header stands right before it.
  size_t needed = size + sizeof(Header) + (alignment - 16);
  unsigned size_class = smallest_class;
  while (((size_t)1 << size_class) < needed) size_class++;
  Header *header = free_blocks[size_class];
  uintptr_t start;
  if (header) {
    free_blocks[size_class] = header->next;
    start = (uintptr_t)header;
  } else {
    start = extend((size_t)1 << size_class);
    if (!start) return 12;
  }
  uintptr_t body = align_up(start + sizeof(Header), alignment);
  header = (Header *)(body - sizeof(Header));
  header->next = (Header *)start;
  header->size_class = size_class;
  *block = (void *)body;
  return 0;
}

void free(void *block) {
  if (!block) return;
  Header *header = (Header *)((uintptr_t)block - sizeof(Header));
  unsigned size_class = header->size_class;
  Header *start = header->next;
  start->next = free_blocks[size_class];
  free_blocks[size_class] = start;
}
