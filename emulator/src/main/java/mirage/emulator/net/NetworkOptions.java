// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mirage.emulator.accesspoint.Settings;

/**
 * What the chip's Ethernet cable and the access point on the air lead to.
 *
 * @param kind of the far end
 * @param published ports of the host that lead to the chip; only for {@link Sort#USER}
 * @param capture file that records all frames, in pcap format: those on the air if an access point was asked for, else
 *     those on the cable
 * @param accessPoint what was asked for; else there is one that offers {@link #OPEN}
 */
public record NetworkOptions(
    Kind kind,
    List<Publication> published,
    Optional<Path> capture,
    Optional<Settings> accessPoint) {
  /** Nothing was asked for. */
  public static final NetworkOptions NONE =
      new NetworkOptions(Kind.NONE, List.of(), Optional.empty(), Optional.empty());

  /** The network on the air if no other is asked for. */
  public static final Settings OPEN = Settings.of("mirage", Optional.empty());

  /** What there is at the far end. */
  public enum Sort {
    /** Nothing: the link stays down. */
    NONE,
    /** The host's network, through a process without privileges. */
    USER,
    /** A TAP device: whatever the host connects it to. */
    TAP
  }

  /**
   * A far end.
   *
   * @param device the TAP device's name; empty for the others
   */
  public record Kind(Sort sort, String device) {
    public static final Kind NONE = new Kind(Sort.NONE, "");
    public static final Kind USER = new Kind(Sort.USER, "");

    /** The TAP device of that name. */
    public static Kind tap(String name) {
      return new Kind(Sort.TAP, name);
    }
  }

  public NetworkOptions {
    if (kind.sort() == Sort.TAP && !published.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is to be published, but on a TAP device the chip is reached at its own address; leave out --publish"
              .formatted(published.get(0)));
    }
    if (kind.sort() == Sort.NONE && !published.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is to be published, but the chip has no network; leave out --net none"
              .formatted(published.get(0)));
    }
  }

  /** Whether there is somebody at the far end who lives in the host's time. */
  public boolean live() {
    return kind.sort() != Sort.NONE;
  }
}
