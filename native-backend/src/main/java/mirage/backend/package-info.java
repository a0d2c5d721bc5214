// SPDX-License-Identifier: Apache-2.0
/**
 * A whole-program compiler from OCaml bytecode to Xtensa code.
 *
 * <p>{@code front} turns a program into {@code ir}, a control-flow graph in static single assignment form; {@code pass} holds
 * the analyses and rewritings, one class each.
 */
package mirage.backend;
