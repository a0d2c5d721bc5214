// SPDX-License-Identifier: Apache-2.0
/**
 * The OCaml libraries a unikernel stands on, offered to the tool: main loop, time, clocks, boot arguments, keys. Their sources are resources under {@code ocaml/}; the same code serves every target, over the C boundary.
 */
package mirage.bindings.os;
