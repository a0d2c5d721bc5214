// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mirage.emulator.EmulatorException;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.net.Station;

/**
 * What {@link Fleet} runs and how.
 *
 * @param boards in the order of their addresses; no two have the same name
 * @param how what a user may ask for; the expected text may come on any of the consoles
 * @param network who else is on the wire and on the air; with the host there the run keeps the host's pace
 */
public record FleetOptions(List<Board> boards, RunOptions how, NetworkOptions network) {

  /**
   * One of the boards.
   *
   * @param name begins each line of its console
   * @param image flash image or executable
   * @param symbols an ELF file whose symbols name addresses in fault reports
   * @param flash content of the flash chip, if it is not the image's
   */
  public record Board(String name, Path image, Optional<Path> symbols, Optional<byte[]> flash) {}

  /** Problems are an {@link EmulatorException}, of what is published those of {@link NetworkOptions#checkBoards}. */
  public FleetOptions {
    boards = List.copyOf(boards);
    long names = boards.stream().map(Board::name).distinct().count();
    if (names < boards.size()) {
      throw new EmulatorException("two boards have the same name");
    }
    network.checkBoards(boards.stream().map(Board::name).toList());
  }

  /** Them as others on the network see them. */
  List<Station> stations() {
    return IntStream.range(0, boards.size())
        .mapToObj(number -> how.station(number, boards.get(number).name()))
        .toList();
  }
}
