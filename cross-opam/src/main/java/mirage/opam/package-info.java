// SPDX-License-Identifier: Apache-2.0
/** OCaml libraries for the target: sysroot, C stubs, package mapping, ocamlfind toolchain. */
package mirage.opam;
