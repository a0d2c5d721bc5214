// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

/** A problem the user of the emulator can act on; the message says what, where and what is allowed. */
public final class EmulatorException extends RuntimeException {
  public EmulatorException(String message) {
    super(message);
  }

  public EmulatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
