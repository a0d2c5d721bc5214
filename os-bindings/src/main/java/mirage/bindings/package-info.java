// SPDX-License-Identifier: Apache-2.0
/** What a unikernel stands on: OCaml's runtime for the chip, board support, the OS library, link and image layout. */
package mirage.bindings;
