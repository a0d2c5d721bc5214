// SPDX-License-Identifier: Apache-2.0
/** Runs a bytecode executable on the emulated chip, in this process. */
package mirage.conformance.chip;
