// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.bus;

import java.util.Locale;

/**
 * A load, store or fetch the bus refuses. A core turns it into the guest's exception; it carries no
 * stack trace because guests may raise many.
 */
public final class AccessFault extends RuntimeException {
  /** Why the bus refuses. */
  public enum Reason {
    UNMAPPED("nothing is mapped there"),
    READ_ONLY("the memory is read-only"),
    NOT_EXECUTABLE("the memory holds no code"),
    WORDS_ONLY("the instruction bus takes aligned 32-bit accesses only"),
    MISALIGNED("the address is not a multiple of the access size"),
    NO_REGISTER("the device has no such register");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** What was tried. */
  public enum Access {
    LOAD,
    STORE,
    FETCH
  }

  private final Access access;
  private final Reason reason;
  private final int address;

  public AccessFault(Access access, Reason reason, int address, String detail) {
    super(
        String.format(
            "%s at 0x%08x: %s%s",
            access.name().toLowerCase(Locale.ROOT),
            address,
            reason.text(),
            detail.isEmpty() ? "" : " (" + detail + ")"),
        null,
        false,
        false);
    this.access = access;
    this.reason = reason;
    this.address = address;
  }

  public Access access() {
    return access;
  }

  public Reason reason() {
    return reason;
  }

  public int address() {
    return address;
  }
}
