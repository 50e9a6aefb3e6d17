// The load generator of bench/run: see options.c for what it can be asked.
#include <signal.h>
#include <stdio.h>

#include "connection.h"
#include "dialect.h"
#include "roles.h"

int main(int count, char **arguments) {
  struct options options = options_read(count, arguments);
  signal(SIGPIPE, SIG_IGN);
  setvbuf(stdout, NULL, _IOLBF, 0);
  // An agent has one more for each task, and some for questions.
  connections_start(options.connections + options.publishers + (options.agent_port ? options.topics + 64 : 0));
  dialect_start(&options);
  switch (options.role) {
  case ROLE_GET: return run_get(&options);
  case ROLE_HANDSHAKE: return run_handshake(&options);
  case ROLE_FANOUT: return run_fanout(&options);
  case ROLE_IDLE: return run_idle(&options);
  case ROLE_PUBLISH: return run_publish(&options);
  case ROLE_RESUME: return run_resume(&options);
  case ROLE_RUNS: return run_runs(&options);
  }
  return 2;
}
