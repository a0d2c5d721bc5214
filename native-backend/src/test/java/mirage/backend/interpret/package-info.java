// SPDX-License-Identifier: Apache-2.0
/**
 * Executes the IR as it is after any step, so that a program can be seen to do the same before and after each. Values are the
 * 32-bit words of the chip, in a memory of their own that is never collected; C functions are those few that the test programs call.
 */
package mirage.backend.interpret;
