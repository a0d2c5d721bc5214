// SPDX-License-Identifier: Apache-2.0
/** The instruction set of OCaml's virtual machine, versions 4.13 and 4.14. */
package mirage.backend.bytecode;
