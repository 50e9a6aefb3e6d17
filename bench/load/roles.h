// What the program can do, one function for each role. The value is the exit code.
#pragma once

#include "options.h"

int run_get(const struct options *options);
int run_handshake(const struct options *options);
int run_fanout(const struct options *options);
int run_idle(const struct options *options);
int run_publish(const struct options *options);
int run_resume(const struct options *options);
int run_runs(const struct options *options);
