// Wrappers for keys and certificates that Swift cannot import. Each says why it exists.
#ifndef SIGNALBOX_OPENSSL_X509_H
#define SIGNALBOX_OPENSSL_X509_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// EVP_EC_gen is a macro over the variadic EVP_Q_keygen, and Swift imports neither. The caller owns the result.
static inline EVP_PKEY *_Nullable signalbox_generate_p256_key(void) {
  return EVP_EC_gen("P-256");
}

// XN_FLAG_RFC2253 is a macro over an expression of other macros.
static inline unsigned long signalbox_rfc2253_name_flags(void) {
  return XN_FLAG_RFC2253;
}

// sk_GENERAL_NAME_num is a function-like macro. A null stack counts as empty.
static inline int signalbox_general_names_count(const GENERAL_NAMES *_Nullable names) {
  return names == NULL ? 0 : sk_GENERAL_NAME_num(names);
}

// sk_GENERAL_NAME_value is a function-like macro. The stack keeps the ownership of the result.
static inline const GENERAL_NAME *_Nullable signalbox_general_names_get0(const GENERAL_NAMES *_Nonnull names,
                                                                         int index) {
  return sk_GENERAL_NAME_value(names, index);
}

// sk_GENERAL_NAME_push is a function-like macro. Returns 1 when the stack took the ownership of `name`, else 0.
static inline int signalbox_general_names_push0(GENERAL_NAMES *_Nonnull names, GENERAL_NAME *_Nonnull name) {
  return sk_GENERAL_NAME_push(names, name) > 0;
}

// sk_ASN1_OBJECT_num is a function-like macro. A null stack counts as empty.
static inline int signalbox_key_usages_count(const EXTENDED_KEY_USAGE *_Nullable usages) {
  return usages == NULL ? 0 : sk_ASN1_OBJECT_num(usages);
}

// sk_ASN1_OBJECT_value is a function-like macro. The stack keeps the ownership of the result.
static inline const ASN1_OBJECT *_Nullable signalbox_key_usages_get0(const EXTENDED_KEY_USAGE *_Nonnull usages,
                                                                     int index) {
  return sk_ASN1_OBJECT_value(usages, index);
}

// sk_ASN1_OBJECT_push is a function-like macro. Returns 1 when the stack took the ownership of `usage`, else 0.
static inline int signalbox_key_usages_push0(EXTENDED_KEY_USAGE *_Nonnull usages, ASN1_OBJECT *_Nonnull usage) {
  return sk_ASN1_OBJECT_push(usages, usage) > 0;
}

#endif
