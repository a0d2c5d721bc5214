// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.air;

/**
 * A transmission as one radio receives it.
 *
 * @param strength dBm
 * @param answerArrives whether an acknowledgement would get through
 */
public record Heard(Transmission transmission, int strength, boolean answerArrives) {
  /** Without check sequence; not to be changed. */
  public byte[] frame() {
    return transmission.frame();
  }

  /** The radio has taken the frame, and tells its sender. */
  public void acknowledge() {
    if (answerArrives) {
      transmission.acknowledge();
    }
  }
}
