// SPDX-License-Identifier: Apache-2.0
/**
 * Runs of the chip from start to end, as a command makes them: {@link mirage.emulator.run.Emulator} runs an image with
 * files and streams, {@link mirage.emulator.run.Main} is the command line.
 */
package mirage.emulator.run;
