#include "support.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t read_clock(clockid_t clock) {
  struct timespec time;
  if (clock_gettime(clock, &time) != 0) fail("a clock cannot be read: %s", strerror(errno));
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

uint64_t now_ns(void) { return read_clock(CLOCK_MONOTONIC); }

uint64_t own_cpu_ns(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

_Noreturn void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("load: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

uint64_t process_cpu_ns(pid_t id) {
  clockid_t clock;
  if (clock_getcpuclockid(id, &clock) != 0) fail("process %d of the server has ended", (int)id);
  return read_clock(clock);
}

uint64_t processes_cpu_ns(const struct processes *processes) {
  uint64_t sum = 0;
  for (int i = 0; i < processes->count; i++) sum += process_cpu_ns(processes->ids[i]);
  return sum;
}

uint64_t processes_memory_kib(const struct processes *processes, const char *name) {
  uint64_t sum = 0;
  size_t length = strlen(name);
  for (int i = 0; i < processes->count; i++) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)processes->ids[i]);
    FILE *file = fopen(path, "r");
    if (!file) fail("%s cannot be read: %s", path, strerror(errno));
    while (fgets(line, sizeof line, file))
      if (strncmp(line, name, length) == 0 && line[length] == ':') sum += strtoull(line + length + 1, NULL, 10);
    fclose(file);
  }
  return sum;
}
