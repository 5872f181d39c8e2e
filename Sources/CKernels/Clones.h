#pragma once
/// One function, compiled for several processors; the loader chooses.
#if defined(__x86_64__) && defined(__linux__)
#define GCK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define GCK_CLONES
#endif
#define GCK_INLINE static inline __attribute__((always_inline))

/// Keeps the compiler from loading a whole column of a tile ahead: a tile of 5 x 5 with one row and one element in
/// flight fills 31 of the 32 vector registers, and one more load in advance would spill accumulators.
#define GCK_KEEP_ORDER __asm__ volatile("" ::: "memory")
