// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ports that are published, of one board and of several. */
class PublicationTest {
  private static NetworkOptions published(String... texts) {
    List<Publication> all = Arrays.stream(texts).map(Publication::parse).toList();
    return new NetworkOptions(NetworkOptions.Kind.USER, all, Optional.empty(), Optional.empty());
  }

  @Test
  void aBoardAddressAndProtocolMayBeNamed() {
    assertThat(Publication.parse("8080:80"))
        .isEqualTo(new Publication(Optional.empty(), "127.0.0.1", 8080, 80, false));
    assertThat(Publication.parse("53:5353/udp"))
        .isEqualTo(new Publication(Optional.empty(), "127.0.0.1", 53, 5353, true));
    assertThat(Publication.parse("a/b-1/[::1]:1:2/tcp"))
        .isEqualTo(new Publication(Optional.of("a/b-1"), "::1", 1, 2, false));
    assertThatThrownBy(() -> Publication.parse("/8080:80"))
        .hasMessageStartingWith("'/8080:80' is not [BOARD/][ADDR:]HOST:GUEST[/udp], as in ");
  }

  @Test
  void ofSeveralBoardsOneIsNamed() {
    List<String> boards = List.of("a", "b");
    NetworkOptions right = published("a/1:80", "b/2:80", "b/1:80/udp", "b/127.0.0.2:1:80");
    right.checkBoards(boards);
    assertThat(right.published("b")).extracting(Publication::hostPort).containsExactly(2, 1, 1);
    assertThatThrownBy(() -> published("a/1:80", "2:80/udp").checkBoards(boards))
        .hasMessage("--publish 2:80/udp: of which board? Write a/2:80/udp or b/2:80/udp");
    assertThatThrownBy(() -> published("c/127.0.0.2:2:80").checkBoards(boards))
        .hasMessage(
            "--publish c/127.0.0.2:2:80: no board has that name; write a/127.0.0.2:2:80 or b/127.0.0.2:2:80");
    assertThatThrownBy(() -> published("a/[::1]:2:80").checkBoards(boards))
        .hasMessageStartingWith("TCP port 2 of ::1 is to be published, but several boards");
  }

  @Test
  void theOnlyBoardNeedsNoName() {
    NetworkOptions both = published("1:80", "a/2:80");
    both.checkBoards(List.of("a"));
    assertThat(both.published("a")).hasSize(2);
    assertThatThrownBy(() -> both.checkBoards(List.of("b")))
        .hasMessage("--publish a/2:80: no board has that name; write b/2:80");
  }

  @Test
  void aPortOfTheHostLeadsToOnePlace() {
    assertThatThrownBy(() -> published("a/1:80", "b/1:81"))
        .hasMessageStartingWith("TCP port 1 of 127.0.0.1 is published twice");
  }
}
