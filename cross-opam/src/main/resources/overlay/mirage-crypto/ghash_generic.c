// SPDX-License-Identifier: Apache-2.0
// The package has GHASH for 32-bit machines in constant time, and compiles it for two architectures that it
// knows by name. All headers are included before the name is claimed: they shall not believe it.
#include <stdint.h>
#include <string.h>

#include "bitfn.h"
#include "mirage_crypto.h"

#define __arm__ 1
#include "ghash_ctmul.c"
