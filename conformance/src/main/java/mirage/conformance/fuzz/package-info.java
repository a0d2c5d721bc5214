// SPDX-License-Identifier: Apache-2.0
/**
 * Random well-typed OCaml programs that print what they compute, and their comparison on the chip's back ends and
 * the host.
 */
package mirage.conformance.fuzz;
