// Wrappers for keys and signatures of tokens that Swift cannot import. Each says why it exists.
#ifndef SIGNALBOX_OPENSSL_KEYS_H
#define SIGNALBOX_OPENSSL_KEYS_H

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

// EVP_RSA_gen is a macro over the variadic EVP_Q_keygen, and Swift imports neither. The caller owns the result.
static inline EVP_PKEY *_Nullable signalbox_generate_rsa_key(unsigned int bits) {
  return EVP_RSA_gen(bits);
}

// EVP_PKEY_Q_keygen is variadic. The caller owns the result.
static inline EVP_PKEY *_Nullable signalbox_generate_ed25519_key(void) {
  return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}

#endif
