// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mirage.debugger.DebugSession;
import mirage.emulator.Esp32;
import mirage.formats.Elf32;
import mirage.formats.EspImage;
import mirage.formats.FlashImage;
import mirage.formats.FormatException;
import mirage.formats.PartitionTable.Partition;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;

/**
 * What a debugger runs.
 *
 * @param file name of the executable, for messages
 * @param executable has the names of the program's code
 * @param image the flash image made from it; without one it is run by itself
 */
public record Debuggee(String file, Elf32 executable, Optional<Path> image) {
  private static final String IMAGE = ".bin";

  /**
   * A program as a user names it: an executable, or a flash image with its executable beside it.
   *
   * @throws MirageException if it is neither
   */
  public static Debuggee of(Path given) {
    try {
      if (Runner.isExecutable(given) || !given.toString().endsWith(IMAGE)) {
        return new Debuggee(given.toString(), read(given), Optional.empty());
      }
      return ofImage(executable(given), given);
    } catch (IOException e) {
      throw new MirageException("cannot debug " + given + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** The executable of a flash image, which its build leaves beside it. */
  private static Path executable(Path image) {
    String name = image.getFileName().toString();
    Path executable =
        image.resolveSibling(name.substring(0, name.length() - IMAGE.length()) + ".elf");
    if (!Files.isRegularFile(executable)) {
      throw new MirageException(
          "%s is a flash image, without the names of its program, and there is no %s beside it; the debugger takes an executable (.elf) or an image with its executable"
              .formatted(image, executable.getFileName()));
    }
    return executable;
  }

  /**
   * A flash image and the executable it was made from.
   *
   * @throws MirageException if it was made from another
   */
  public static Debuggee ofImage(Path executable, Path image) {
    try {
      Elf32 elf = read(executable);
      FlashImage flash = FlashImage.read(image.toString(), Files.readAllBytes(image));
      String label = flash.table().application().map(Partition::label).orElse("");
      EspImage program = EspImage.read(image.toString(), flash.contents().get(label));
      if (!program.segments().stream().allMatch(segment -> holds(elf, segment))) {
        throw new MirageException(
            "%s was not made from %s, but from an earlier or later build of it: build both again"
                .formatted(image, executable));
      }
      return new Debuggee(executable.toString(), elf, Optional.of(image));
    } catch (IOException e) {
      throw new MirageException("cannot debug " + image + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** Whether a segment of an image is one of the executable's, which may lack what fills it up. */
  private static boolean holds(Elf32 elf, EspImage.Segment segment) {
    return !segment.mapped()
        || elf.segments().stream()
            .filter(s -> s.address() == segment.address())
            .anyMatch(
                s ->
                    s.data().length <= segment.data().length
                        && Arrays.equals(s.data(), Arrays.copyOf(segment.data(), s.data().length)));
  }

  private static Elf32 read(Path executable) throws IOException {
    try {
      return Elf32.read(executable.toString(), Files.readAllBytes(executable));
    } catch (FormatException e) {
      throw new MirageException(
          executable + " is no program of an ESP32, or it is damaged\n" + e.getMessage(), e);
    }
  }

  /** Makes machines that run it. */
  public DebugSession.Boot machines(List<String> boot) {
    byte[] flash = image.isPresent() ? Runner.flash(image.get(), boot) : Runner.flash(boot);
    return (console, host) -> {
      Esp32 chip = Esp32.builder().flash(flash).console(console).host(host).build();
      if (image.isPresent()) {
        chip.boot();
      } else {
        chip.boot(file, executable);
      }
      return chip;
    };
  }
}
