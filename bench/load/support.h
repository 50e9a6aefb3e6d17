// Small things that every part of the load generator needs: clocks, the end of the program, figures of processes.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/// Monotonic nanoseconds.
uint64_t now_ns(void);

/// Prints one line to standard error and ends the program with code 1.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

enum { PROCESSES_MAX = 8 };

/// The processes that make up the server (nginx has a master and a worker).
struct processes {
  pid_t ids[PROCESSES_MAX];
  int count;
};

/// CPU time of all threads of these processes, user and system, in nanoseconds: what utime + stime of /proc/PID/stat
/// add up to, without their rounding to ticks. Fails when one of them is gone.
uint64_t processes_cpu_ns(const struct processes *processes);

/// The same of one of them.
uint64_t process_cpu_ns(pid_t id);

/// Memory of these processes in KiB by one name of /proc/PID/smaps_rollup: "Pss", "Pss_Anon", "Rss".
uint64_t processes_memory_kib(const struct processes *processes, const char *name);

uint64_t own_cpu_ns(void);
