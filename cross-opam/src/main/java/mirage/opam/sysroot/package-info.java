// SPDX-License-Identifier: Apache-2.0
/**
 * The OCaml libraries a target has, and the C code below them. {@link mirage.opam.sysroot.Sysroot}
 * has all of them, {@link mirage.opam.sysroot.FindlibToolchain} writes them for {@code ocamlfind}.
 */
package mirage.opam.sysroot;
