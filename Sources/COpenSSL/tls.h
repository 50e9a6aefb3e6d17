// The TLS half of OpenSSL: contexts, connections, verification.
#ifndef SIGNALBOX_COPENSSL_TLS_H
#define SIGNALBOX_COPENSSL_TLS_H

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// SSL_CTX_set_min_proto_version and the calls below are macros over SSL_CTX_ctrl.
static inline int signalbox_ssl_ctx_set_tls12_and_13(SSL_CTX *_Nonnull context) {
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1;
}

static inline int signalbox_ssl_ctx_set_groups(SSL_CTX *_Nonnull context, const char *_Nonnull groups) {
  return SSL_CTX_set1_groups_list(context, groups) == 1;
}

static inline void signalbox_ssl_ctx_set_modes(SSL_CTX *_Nonnull context) {
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

// The option constants are unsigned 64-bit shifts (SSL_OP_BIT), which Swift cannot import.
static inline void signalbox_ssl_ctx_set_options(SSL_CTX *_Nonnull context, int tickets) {
  SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  if (tickets) {
    SSL_CTX_clear_options(context, SSL_OP_NO_TICKET);
  } else {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  }
}

static inline int signalbox_ssl_ctx_set_ticket_keys(SSL_CTX *_Nonnull context, void *_Nonnull keys, long length) {
  return SSL_CTX_set_tlsext_ticket_keys(context, keys, length) == 1;
}

// A stack-typed macro: the chain certificates behind the leaf, replaced as a whole.
static inline int signalbox_ssl_ctx_use(SSL_CTX *_Nonnull context, X509 *_Nonnull leaf, EVP_PKEY *_Nonnull key,
                                        STACK_OF(X509) *_Nullable chain) {
  return SSL_CTX_use_cert_and_key(context, leaf, key, chain, 1) == 1;
}

// lws installs a name callback that can move a connection to another listener's certificate policy. Off.
static inline void signalbox_ssl_ctx_ignore_server_name(SSL_CTX *_Nonnull context) {
  SSL_CTX_set_tlsext_servername_callback(context, NULL);
  SSL_CTX_set_tlsext_servername_arg(context, NULL);
}

// Stacks of a given type are macro families.
static inline STACK_OF(X509) *_Nullable signalbox_x509_stack_new(void) { return sk_X509_new_null(); }
static inline int signalbox_x509_stack_push(STACK_OF(X509) *_Nonnull stack, X509 *_Nonnull certificate) {
  return sk_X509_push(stack, certificate) > 0;
}
static inline void signalbox_x509_stack_free(STACK_OF(X509) *_Nullable stack) { sk_X509_pop_free(stack, X509_free); }

// The value of a URI or DNS name lies in a C union; its length is given, because a name may hide a NUL.
static inline const unsigned char *_Nullable signalbox_general_name_text(const GENERAL_NAME *_Nonnull name,
                                                                         int *_Nonnull length) {
  if (name->type != GEN_URI && name->type != GEN_DNS) return NULL;
  const ASN1_IA5STRING *text = name->d.ia5;
  *length = ASN1_STRING_length(text);
  return ASN1_STRING_get0_data(text);
}

// Error queue packing is done by macros.
static inline int signalbox_err_is_no_start_line(unsigned long code) {
  return ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
}

static inline int signalbox_err_library(unsigned long code) { return ERR_GET_LIB(code); }
static inline int signalbox_err_reason(unsigned long code) { return ERR_GET_REASON(code); }

// SSL_set_tlsext_host_name is a macro over SSL_ctrl. OpenSSL copies the name.
static inline int signalbox_ssl_set_server_name(SSL *_Nonnull ssl, const char *_Nonnull name) {
  return SSL_set_tlsext_host_name(ssl, name) == 1;
}

// BIO_get_mem_data is a macro over BIO_ctrl.
static inline long signalbox_bio_memory(BIO *_Nonnull bio, char *_Nullable *_Nonnull data) {
  return BIO_get_mem_data(bio, data);
}

#endif
