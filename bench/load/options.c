#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: load ROLE --port PORT --server PID[,PID…] [OPTION VALUE]…\n"
    "\n"
    "Puts load on a TLS 1.3 server on 127.0.0.1, from one process and one thread, for a bounded time. Prints one line\n"
    "of key=value pairs. Exit code 1: the server failed, or events were lost, repeated, out of order or foreign.\n"
    "\n"
    "  get        GET / on --connections keep-alive connections, each with one request under way\n"
    "  handshake  a new connection for each GET /, --connections under way; --resumed with a session ticket\n"
    "  fanout     --connections streams over --topics topics, fed by --publishers connections of its own\n"
    "  idle       --connections streams on which nothing happens: memory of the server before and with them\n"
    "  publish    what `fanout` publishes, without a stream, as fast as --publishers go\n"
    "  resume     rounds in which --connections streams come back at once and get the --missed events behind their\n"
    "             last id; with --reconnects, handshakes count and a unit is a stream, else an event\n"
    "  runs       --topics tasks that the gateway has us do, as an agent that it calls; one stream watches each\n"
    "\n"
    "  --server PID[,PID…]  the processes whose CPU time and memory count\n"
    "  --more-ports PORT[,PORT…]  spread the streams over --port and these, which are other gateways of the same journal\n"
    "  --seconds S          how long to measure (3; at most 600)\n"
    "  --connections N      (32; at most 30000)\n"
    "  --topics T           (1) a divisor of --connections\n"
    "  --publishers P       (1; at most 64) a divisor or a multiple of --topics\n"
    "  --rate R             events per second over all topics, on a fixed schedule; 0: as fast as --window allows (0)\n"
    "  --window W           events of a topic under way at most, with --rate 0 (64)\n"
    "  --batch B            (1; at most 100) events in a request that publishes\n"
    "  --missed M           (1000; at most 10000)\n"
    "  --stream sse|ws      (sse)\n"
    "  --ingest-port PORT --certificate FILE --key FILE --token FILE\n"
    "                       the server is the gateway: publish there and as this agent, watch with this token\n"
    "  --agent-port PORT --agent-certificate FILE --agent-key FILE --agent-authority FILE\n"
    "                       runs: be the agent there, with this certificate, for callers with one of this authority\n"
    "  --resumed            handshake: resume the session of the connection before\n"
    "  --hold               fanout: when all streams are up, print \"established\" and wait for a line\n";

static _Noreturn void refuse(const char *why, const char *what) {
  fprintf(stderr, "load: %s%s; load --help lists what there is.\n", why, what);
  exit(2);
}

static double number(const char *name, const char *text, double least, double most) {
  char *end;
  double value = strtod(text, &end);
  if (end == text || *end || value < least || value > most) refuse("out of range or no number: ", name);
  return value;
}

static struct processes process_list(const char *text) {
  struct processes processes = {.count = 0};
  for (;;) {
    char *end;
    long id = strtol(text, &end, 10);
    if (end == text || id <= 0 || processes.count == PROCESSES_MAX) refuse("no list of process ids: ", text);
    processes.ids[processes.count++] = (pid_t)id;
    if (*end == '\0') return processes;
    text = end + 1;
  }
}

static void more_ports(struct options *options, const char *text) {
  for (;;) {
    char *end;
    long port = strtol(text, &end, 10);
    if (end == text || port < 1 || port > 65535 || options->more_ports_count == PORTS_MAX)
      refuse("no list of ports: ", text);
    options->more_ports[options->more_ports_count++] = (uint16_t)port;
    if (*end == '\0') return;
    text = end + 1;
  }
}

static enum role role_named(const char *name) {
  static const char *const names[] = {"get", "handshake", "fanout", "idle", "publish", "resume", "runs"};
  for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
    if (strcmp(name, names[i]) == 0) return (enum role)i;
  refuse("no such role: ", name);
}

struct options options_read(int count, char **arguments) {
  if (count < 2 || strcmp(arguments[1], "--help") == 0) {
    fputs(usage, stderr);
    exit(2);
  }
  struct options options = {.role = role_named(arguments[1]), .seconds = 3, .connections = 32, .topics = 1,
                            .publishers = 1, .window = 64, .batch = 1, .missed = 1000};
  for (int i = 2; i < count; i++) {
    const char *name = arguments[i];
    if (strcmp(name, "--resumed") == 0) { options.resumed = true; continue; }
    if (strcmp(name, "--hold") == 0) { options.hold = true; continue; }
    if (strcmp(name, "--reconnects") == 0) { options.reconnects = true; continue; }
    if (i + 1 == count) refuse("unknown, or without its value: ", name);
    const char *value = arguments[++i];
    if (strcmp(name, "--port") == 0) options.port = (uint16_t)number(name, value, 1, 65535);
    else if (strcmp(name, "--more-ports") == 0) more_ports(&options, value);
    else if (strcmp(name, "--server") == 0) options.server = process_list(value);
    else if (strcmp(name, "--seconds") == 0) options.seconds = (int)number(name, value, 1, 600);
    else if (strcmp(name, "--connections") == 0) options.connections = (int)number(name, value, 1, 30000);
    else if (strcmp(name, "--topics") == 0) options.topics = (int)number(name, value, 1, 30000);
    else if (strcmp(name, "--publishers") == 0) options.publishers = (int)number(name, value, 1, 64);
    else if (strcmp(name, "--rate") == 0) options.rate = number(name, value, 0, 1e6);
    else if (strcmp(name, "--window") == 0) options.window = (int)number(name, value, 1, 10000);
    else if (strcmp(name, "--batch") == 0) options.batch = (int)number(name, value, 1, 100);
    else if (strcmp(name, "--missed") == 0) options.missed = (int)number(name, value, 1, 10000);
    else if (strcmp(name, "--ingest-port") == 0) options.ingest_port = (uint16_t)number(name, value, 1, 65535);
    else if (strcmp(name, "--certificate") == 0) options.certificate = value;
    else if (strcmp(name, "--key") == 0) options.key = value;
    else if (strcmp(name, "--token") == 0) options.token = value;
    else if (strcmp(name, "--agent-port") == 0) options.agent_port = (uint16_t)number(name, value, 1, 65535);
    else if (strcmp(name, "--agent-certificate") == 0) options.agent_certificate = value;
    else if (strcmp(name, "--agent-key") == 0) options.agent_key = value;
    else if (strcmp(name, "--agent-authority") == 0) options.agent_authority = value;
    else if (strcmp(name, "--stream") == 0 && strcmp(value, "ws") == 0) options.websocket = true;
    else if (strcmp(name, "--stream") != 0 || strcmp(value, "sse") != 0) refuse("unknown option or value: ", name);
  }
  if (!options.port) refuse("needed: ", "--port");
  if (!options.server.count) refuse("needed: ", "--server");
  if (options.ingest_port && !(options.certificate && options.key && options.token))
    refuse("needed with --ingest-port: ", "--certificate, --key and --token");
  if (!options.ingest_port && options.batch > 1) refuse("only with --ingest-port: ", "--batch");
  if (options.role == ROLE_RUNS) {
    if (!options.agent_port || !options.agent_certificate || !options.agent_key || !options.agent_authority)
      refuse("needed by runs: ", "--agent-port, --agent-certificate, --agent-key and --agent-authority");
    if (!options.ingest_port) refuse("only the gateway has runs: ", "--ingest-port");
    if (options.rate <= 0) refuse("needed by runs: ", "--rate");
    if (options.connections != options.topics) refuse("runs watches each task once: ", "--connections");
  }
  if (options.role == ROLE_RESUME && options.topics > 1) refuse("resume has one: ", "--topics");
  if (options.role == ROLE_RUNS && options.websocket) refuse("not with runs: ", "--stream ws");
  if (options.role == ROLE_RESUME && options.websocket) refuse("not with resume: ", "--stream ws");
  if (options.role != ROLE_PUBLISH && options.connections % options.topics) refuse("not a divisor of --connections: ", "--topics");
  if (options.topics % options.publishers && options.publishers % options.topics)
    refuse("neither a divisor nor a multiple of --topics: ", "--publishers");
  return options;
}
