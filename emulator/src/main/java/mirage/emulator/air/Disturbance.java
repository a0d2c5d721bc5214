// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.air;

/**
 * What happens to frames on their way to each receiver.
 *
 * @param seed of chance
 * @param loss part of the frames that do not arrive, and of the acknowledgements that do not, 0 to 1
 * @param duplication part of the frames that arrive twice, 0 to 1
 */
public record Disturbance(long seed, double loss, double duplication) {
  /** Everything arrives. */
  public static final Disturbance NONE = new Disturbance(0, 0, 0);
}
