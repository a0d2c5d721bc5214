// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import mirage.emulator.EmulatorException;
import mirage.emulator.Esp32;
import mirage.formats.Elf32;
import mirage.formats.FlashImage;

/**
 * What a chip is to run.
 *
 * @param name of its file
 * @param flash what the flash chip holds
 * @param program the executable, if it is not in flash
 * @param symbols that name addresses in reports
 */
record Image(String name, byte[] flash, Optional<Elf32> program, Symbols symbols) {
  /**
   * Reads a flash image or an executable.
   *
   * @param named an executable with symbols for a flash image
   * @throws EmulatorException if a file cannot be read
   * @throws mirage.formats.FormatException if it is neither
   */
  static Image read(Path file, Optional<Path> named) {
    byte[] content = content(file);
    String name = file.toString();
    if (Elf32.looksLikeOne(content)) {
      Elf32 program = Elf32.read(name, content);
      return new Image(name, new byte[0], Optional.of(program), Symbols.of(name, content));
    }
    FlashImage.read(name, content);
    Symbols symbols = named.map(it -> Symbols.of(it.toString(), content(it))).orElse(Symbols.NONE);
    return new Image(name, content, Optional.empty(), symbols);
  }

  /** Begins to run it on a machine whose flash chip has its content. */
  void boot(Esp32 machine) {
    if (program.isPresent()) {
      machine.boot(name, program.get());
    } else {
      machine.boot();
    }
  }

  /** A file as a whole; what goes wrong is an {@link EmulatorException}. */
  static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new EmulatorException("cannot read " + file + ": " + reason(e), e);
    }
  }

  /** Why a file cannot be had. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    // Their messages are the file's name.
    return e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
  }
}
