// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the chip's Ethernet cable leads to.
 *
 * @param kind of the far end
 * @param published ports of the host that lead to the chip; only for {@link Kind#USER}
 * @param capture file that records all frames, in pcap format
 */
public record NetworkOptions(Kind kind, List<Publication> published, Optional<Path> capture) {
  /** No cable. */
  public static final NetworkOptions NONE =
      new NetworkOptions(Kind.NONE, List.of(), Optional.empty());

  /** What there is at the far end. */
  public enum Kind {
    /** Nothing: the link stays down. */
    NONE,
    /** The host's network, through a process without privileges. */
    USER
  }

  public NetworkOptions {
    if (kind == Kind.NONE && !published.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is to be published, but the chip has no network; leave out --net none"
              .formatted(published.get(0)));
    }
  }

  /** Whether there is somebody at the far end who lives in the host's time. */
  public boolean live() {
    return kind == Kind.USER;
  }
}
