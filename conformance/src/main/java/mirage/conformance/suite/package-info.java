// SPDX-License-Identifier: Apache-2.0
/** OCaml's own test suite: what its tests ask for, and how it is done on the emulated chip. */
package mirage.conformance.suite;
