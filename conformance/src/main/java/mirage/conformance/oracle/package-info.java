// SPDX-License-Identifier: Apache-2.0
/** What the chip's OCaml is compared with: the same runtime on this machine, with words of 32 bits as on the chip. */
package mirage.conformance.oracle;
