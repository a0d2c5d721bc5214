// SPDX-License-Identifier: Apache-2.0
/**
 * OCaml libraries for a target, and programs made of them.
 *
 * <p>{@link mirage.opam.Sysroot} has the libraries, {@link mirage.opam.PackageCatalogue} says which
 * of them an opam package name means, {@link mirage.opam.OcamlBuild} makes a bytecode executable,
 * {@link mirage.opam.Main} offers the sysroot to {@code ocamlfind} in any shell. This package knows
 * nothing of devices. See docs/cross-opam.md.
 */
package mirage.opam;
