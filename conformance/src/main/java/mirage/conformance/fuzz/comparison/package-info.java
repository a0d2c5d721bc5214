// SPDX-License-Identifier: Apache-2.0
/** Runs programs on this machine and with each of the chip's back ends, and compares what they print. */
package mirage.conformance.fuzz.comparison;
