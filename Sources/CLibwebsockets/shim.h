// libwebsockets for Swift: what its header says with macros that Swift cannot import.
#ifndef SIGNALBOX_CLIBWEBSOCKETS_SHIM_H
#define SIGNALBOX_CLIBWEBSOCKETS_SHIM_H

#include <libwebsockets.h>

// The option macros are combinations of shifted unsigned long long constants ("structure not supported").
static inline uint64_t signalbox_lws_context_options(void) {
  return LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT |
         LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS | LWS_SERVER_OPTION_VALIDATE_UTF8;
}

static inline uint64_t signalbox_lws_tls_vhost_options(void) {
  return LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT | LWS_SERVER_OPTION_CREATE_VHOST_SSL_CTX |
         LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS;
}

// A union inside the adoption record; a flag enum that C adds up and Swift does not.
static inline struct lws *_Nullable signalbox_lws_adopt_tls_socket(struct lws_vhost *_Nonnull vhost, int descriptor,
                                                                   const char *_Nonnull protocol,
                                                                   void *_Nullable opaque) {
  lws_adopt_desc_t info;
  memset(&info, 0, sizeof(info));
  info.vh = vhost;
  info.type = (lws_adoption_type)(LWS_ADOPT_SOCKET | LWS_ADOPT_ALLOW_SSL);
  info.fd.sockfd = descriptor;
  info.vh_prot_name = protocol;
  info.opaque = opaque;
  return lws_adopt_descriptor_vhost_via_info(&info);
}

// The same for one end of a socket pair, on which lws waits for a WebSocket handshake without TLS.
static inline struct lws *_Nullable signalbox_lws_adopt_plain_http(struct lws_vhost *_Nonnull vhost, int descriptor,
                                                                   void *_Nullable opaque) {
  lws_adopt_desc_t info;
  memset(&info, 0, sizeof(info));
  info.vh = vhost;
  info.type = (lws_adoption_type)(LWS_ADOPT_SOCKET | LWS_ADOPT_HTTP);
  info.fd.sockfd = descriptor;
  info.opaque = opaque;
  return lws_adopt_descriptor_vhost_via_info(&info);
}

// The status is an enum of which codes of an application's own are no member.
static inline void signalbox_lws_close_reason(struct lws *_Nonnull wsi, uint16_t code,
                                              const uint8_t *_Nullable reason, size_t length) {
  lws_close_reason(wsi, (enum lws_close_status)code, (unsigned char *)reason, length);
}

// LWS_TO_KILL_SYNC is a negative macro constant of the wrong type for the call; the reason is an enum sum.
static inline void signalbox_lws_kill(struct lws *_Nonnull wsi) {
  lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC);
}

// CONTEXT_PORT_NO_LISTEN_SERVER: a vhost that does all of a server's work but listening, which is ours.
static inline int signalbox_lws_port_none(void) { return CONTEXT_PORT_NO_LISTEN_SERVER; }

static inline const char *_Nonnull signalbox_lws_version(void) { return lws_get_library_version(); }

#endif
