// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

/**
 * A program asks a device for what the model cannot do. Unlike an {@link AccessFault} the guest never sees it: the
 * machine stops.
 */
public final class DeviceFault extends RuntimeException {
  public DeviceFault(String message) {
    super(message, null, false, false);
  }
}
