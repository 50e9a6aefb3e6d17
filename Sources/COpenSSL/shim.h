// OpenSSL for Swift: the headers, and wrappers for what is a macro in C.
#ifndef SIGNALBOX_COPENSSL_SHIM_H
#define SIGNALBOX_COPENSSL_SHIM_H

#include "keys.h"
#include "tls.h"
#include "x509.h"

#endif
