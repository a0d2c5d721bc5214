// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mirage.emulator.EmulatorException;
import mirage.emulator.run.Fleet;
import mirage.emulator.run.FleetOptions;
import mirage.formats.FormatException;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * Runs unikernels on several emulated boards at once and answers the exit status.
 *
 * @param out the lines of their consoles
 * @param err reports about the run
 */
public record FleetRun(PrintStream out, PrintStream err) {
  /**
   * A board and what is on it.
   *
   * @param image a flash image or an ELF file
   * @param boot its boot arguments
   */
  public record Guest(String name, Path image, List<String> boot) {}

  /**
   * Boots all of them.
   *
   * @throws MirageException when an image is damaged or not for the chip
   */
  public int run(List<Guest> guests, RunSettings settings) {
    try {
      FleetOptions options =
          new FleetOptions(
              guests.stream().map(FleetRun::board).toList(), settings.how(), settings.network());
      return Fleet.run(options, out, err);
    } catch (EmulatorException e) {
      throw new MirageException(e.getMessage(), e);
    }
  }

  private static FleetOptions.Board board(Guest guest) {
    try {
      byte[] flash = Runner.content(guest.image(), guest.boot());
      return new FleetOptions.Board(
          guest.name(), guest.image(), Runner.symbols(guest.image()), Optional.of(flash));
    } catch (FormatException e) {
      throw Runner.foreign(guest.image(), e);
    } catch (IOException e) {
      throw new MirageException("cannot run " + guest.image() + ": " + AtomicFiles.reason(e), e);
    }
  }
}
