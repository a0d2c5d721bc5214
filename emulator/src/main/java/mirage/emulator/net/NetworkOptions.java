// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mirage.emulator.accesspoint.Settings;

/**
 * What the boards' Ethernet cables and the access point on the air lead to.
 *
 * @param kind of the far end
 * @param published ports of the host that lead to a board; only for {@link Sort#USER}
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
    /** Nothing: the link of one board stays down, several have a wire of their own. */
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
    for (int i = 1; i < published.size(); i++) {
      Publication one = published.get(i);
      if (published.subList(0, i).stream().anyMatch(one::collides)) {
        throw new IllegalArgumentException(
            "%s is published twice; it can lead to one port of one board".formatted(one));
      }
    }
  }

  /**
   * Checks that each publication is of one of the boards.
   *
   * @param boards names of all; with one of them a publication needs no name
   * @throws IllegalArgumentException with a message for the user
   */
  public void checkBoards(List<String> boards) {
    for (Publication each : published) {
      String choice =
          boards.stream()
              .map(name -> name + "/" + each.ports())
              .collect(Collectors.joining(" or "));
      if (each.board().isEmpty() && boards.size() > 1) {
        throw new IllegalArgumentException(
            "--publish %s: of which board? Write %s".formatted(each.ports(), choice));
      }
      if (each.board().isPresent() && !boards.contains(each.board().get())) {
        throw new IllegalArgumentException(
            "--publish %s/%s: no board has that name; write %s"
                .formatted(each.board().get(), each.ports(), choice));
      }
      if (boards.size() > 1 && each.address().contains(":")) {
        throw new IllegalArgumentException(
            "%s is to be published, but several boards are reached by IPv4; write an IPv4 address"
                .formatted(each));
      }
    }
  }

  /** What is published of a board; {@code name} is one of those that were checked. */
  List<Publication> published(String name) {
    return published.stream().filter(it -> it.board().map(name::equals).orElse(true)).toList();
  }

  /** Whether there is somebody at the far end who lives in the host's time. */
  public boolean live() {
    return kind.sort() != Sort.NONE;
  }
}
