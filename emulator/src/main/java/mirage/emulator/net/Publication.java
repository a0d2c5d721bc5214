// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of the host that leads to one of a board's chip.
 *
 * @param board its name, as it stands before lines of its console; needed if several run
 * @param address of the host, without brackets
 * @param hostPort 1 to 65535
 * @param chipPort 1 to 65535
 * @param udp for UDP, else TCP
 */
public record Publication(
    Optional<String> board, String address, int hostPort, int chipPort, boolean udp) {
  /** How it is written on a command line. */
  public static final String FORM = "[BOARD/][ADDR:]HOST:GUEST[/udp]";

  private static final String LOOPBACK = "127.0.0.1";
  private static final int LAST_PORT = 65535;
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(?<board>.+)/)?(?:(?<v4>[0-9]+(?:\\.[0-9]+){3}):|\\[(?<v6>[0-9A-Fa-f:.]+)]:)?"
              + "(?<host>[0-9]{1,5}):(?<chip>[0-9]{1,5})(?:/(?<protocol>tcp|udp))?");

  /**
   * Reads {@value #FORM}; without an address it is the host's own, 127.0.0.1.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static Publication parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not %s, as in 8080:80, server/8080:80 or 127.0.0.1:5353:53/udp; an IPv6 address stands in brackets"
              .formatted(text, FORM));
    }
    String v4 = matcher.group("v4");
    String v6 = matcher.group("v6");
    return new Publication(
        Optional.ofNullable(matcher.group("board")),
        v4 != null ? v4 : v6 != null ? v6 : LOOPBACK,
        port(text, matcher.group("host")),
        port(text, matcher.group("chip")),
        "udp".equals(matcher.group("protocol")));
  }

  /** Whether it wants the same port of the host as {@code other}. */
  boolean collides(Publication other) {
    return hostPort == other.hostPort && udp == other.udp && address.equals(other.address);
  }

  private static int port(String text, String digits) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "'%s': port %s; allowed are 1 to %d".formatted(text, digits, LAST_PORT));
    }
    return port;
  }

  /** As it is written, without the board's name and what need not be written. */
  String ports() {
    String shown = address.contains(":") ? "[" + address + "]:" : address + ":";
    return (address.equals(LOOPBACK) ? "" : shown)
        + hostPort
        + ":"
        + chipPort
        + (udp ? "/udp" : "");
  }

  @Override
  public String toString() {
    return "%s port %d of %s".formatted(udp ? "UDP" : "TCP", hostPort, address);
  }
}
