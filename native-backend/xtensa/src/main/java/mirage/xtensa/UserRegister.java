// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import java.util.Locale;

/** The user registers of the ESP32's LX6 cores, by number. */
public enum UserRegister {
  EXPSTATE(230),
  THREADPTR(231),
  FCR(232),
  FSR(233),
  F64R_LO(234),
  F64R_HI(235),
  F64S(236);

  private static final UserRegister[] BY_NUMBER = new UserRegister[256];

  static {
    for (UserRegister register : values()) {
      BY_NUMBER[register.number] = register;
    }
  }

  private final int number;

  UserRegister(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The register of a number (0-255), or null if the core has none. */
  public static UserRegister of(int number) {
    return BY_NUMBER[number];
  }

  /** The name in assembler. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
