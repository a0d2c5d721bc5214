// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.util.Locale;
import mirage.device.Target;

/** What a program's bytecode becomes. */
public enum BackEnd {
  /** It stays what it is, in flash, and the run-time system interprets it. */
  BYTECODE,
  /** Xtensa code, made by the native back end. */
  NATIVE;

  /** The name users type. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What programs for a target become unless somebody says otherwise. */
  public static BackEnd usual(Target target) {
    return switch (target) {
      case ESP32 -> NATIVE;
      case UNIX -> BYTECODE;
    };
  }

  /** The back end with that name; bytecode when there is none. */
  public static BackEnd of(String id) {
    return id.equals(NATIVE.id()) ? NATIVE : BYTECODE;
  }
}
