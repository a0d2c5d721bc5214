// SPDX-License-Identifier: Apache-2.0
package mirage.device;

import java.util.Locale;
import java.util.Set;

/** What a unikernel is built for. */
public enum Target {
  /** An ESP32: call0 C, OCaml's runtime with our board support, no operating system. */
  ESP32,
  /** The machine the tool runs on: the same unikernel as an ordinary process. */
  UNIX;

  /** Both: most OCaml code does not know where it runs. */
  public static final Set<Target> ALL = Set.of(values());

  /** The name users type after {@code -t}, and findlib's toolchain name. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
