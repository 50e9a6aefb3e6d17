// The load generator of bench/run: see options.c for what it can be asked.
#include <signal.h>
#include <stdio.h>

#include "connection.h"
#include "roles.h"

int main(int count, char **arguments) {
  struct options options = options_read(count, arguments);
  signal(SIGPIPE, SIG_IGN);
  setvbuf(stdout, NULL, _IOLBF, 0);
  connections_start(options.port, options.connections + options.publishers);
  switch (options.role) {
  case ROLE_GET: return run_get(&options);
  case ROLE_HANDSHAKE: return run_handshake(&options);
  case ROLE_FANOUT: return run_fanout(&options);
  case ROLE_IDLE: return run_idle(&options);
  }
  return 2;
}
