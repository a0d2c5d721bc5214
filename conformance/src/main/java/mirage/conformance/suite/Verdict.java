// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

/**
 * How a test went.
 *
 * @param test its name
 * @param passed whether all its steps did what the suite expects
 * @param problem what went wrong; empty when it passed
 * @param instructions executed by the chip
 * @param millis host time, compilation included
 */
record Verdict(String test, boolean passed, String problem, long instructions, long millis) {}
