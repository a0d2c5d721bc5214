// SPDX-License-Identifier: Apache-2.0
/**
 * OCaml libraries for a target, and programs made of them.
 *
 * <p>Each room stands on those before it: {@code packages}, what is known of packages; {@code
 * sysroot}, the libraries; {@code install}, packages built from sources; {@code program}, bytecode
 * executables made with them. {@link
 * mirage.opam.Main} offers the sysroot to {@code ocamlfind} in any shell. Nothing here knows of
 * devices. See docs/cross-opam.md.
 */
package mirage.opam;
