// SPDX-License-Identifier: Apache-2.0
/**
 * What a program is linked with: OCaml's C runtime, the compiler's support routines, the board, and
 * the second-stage loader, built from their sources on the user's machine.
 */
package mirage.bindings.runtime;
