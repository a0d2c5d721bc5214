// SPDX-License-Identifier: Apache-2.0
/** Random well-typed OCaml programs that end and print what they compute. */
package mirage.conformance.fuzz.program;
