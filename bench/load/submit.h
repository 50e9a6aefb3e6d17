// Has the gateway begin one task for each topic, by POST /api/tasks, over a few keep-alive connections.
#pragma once

#include "options.h"

/// Comes back when the gateway has named all of them. The names are the dialect's from then on.
void submit_all(const struct options *options);
