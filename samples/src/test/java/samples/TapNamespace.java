// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import mirage.tools.Command;

/** Network namespaces, each with Linux's TCP/IP at 10.0.0.1/24 on a TAP device {@code tap0}; a unikernel is at 10.0.0.2. */
final class TapNamespace {
  private static final Command NAMESPACE =
      Command.of("unshare", "--user", "--map-root-user", "--net");
  private static final String TAP =
      "ip tuntap add dev tap0 mode tap && ip addr add 10.0.0.1/24 dev tap0 && ip link set tap0 up";

  /** What runs Java programs of this class path there; behind it come a class and its arguments. */
  static final String JAVA =
      "%s -cp '%s' "
          .formatted(
              ProcessHandle.current().info().command().orElse("java"),
              System.getProperty("java.class.path"));

  private TapNamespace() {}

  /** Leaves out the test on a machine where nobody may make one. */
  static void assume() {
    assumeTrue(
        NAMESPACE.with("bash", "-c", TAP).execute().succeeded(), "no network namespaces here");
  }

  /** Runs a shell script in a new one, at the longest for this time. */
  static Command.Result run(String script, Duration longest) {
    return NAMESPACE.with("bash", "-c", TAP + " || exit 9\n" + script).timeout(longest).execute();
  }
}
