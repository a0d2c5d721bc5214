// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.phy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mirage.bindings.CToolchain;
import mirage.formats.Archive;
import mirage.formats.Elf32;
import mirage.formats.Elf32.Binding;
import mirage.formats.Elf32.Symbol;
import mirage.formats.FormatException;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;
import mirage.xtensa.Decoder;
import mirage.xtensa.Opcode;

/** The archive that the vendor gives out for calibrating the radio, as it lies on the user's machine. */
public final class PhyLibrary {
  private static final String WANTED =
      "expected libphy.a for the ESP32, as the vendor gives it out (repository esp-phy-lib, folder esp32)";

  /** What is linked; the map and the report of sizes have its name. */
  private static final String ARCHIVE = "libvendor-phy.a";

  private final Path file;

  /** Objects by the names of their files, which may be there twice. */
  private final List<Map.Entry<String, Elf32>> objects = new ArrayList<>();

  private PhyLibrary(Path file) {
    this.file = file;
  }

  /**
   * Reads an archive and checks that a program can be linked with it.
   *
   * @throws MirageException that says what is wrong with it
   */
  public static PhyLibrary read(Path file) {
    PhyLibrary library = new PhyLibrary(file);
    try {
      library.readMembers();
    } catch (FormatException e) {
      throw new MirageException(e.getMessage() + "; " + WANTED, e);
    }
    library.checkInterface();
    return library;
  }

  private void readMembers() {
    for (Archive.Member member : Archive.members(file.toString(), AtomicFiles.read(file))) {
      if (!Elf32.looksLikeOne(member.content())) {
        throw fail("member %s is no ELF object".formatted(member.name()));
      }
      Elf32 elf = Elf32.read("%s(%s)".formatted(file, member.name()), member.content());
      if (elf.machine() != Elf32.EM_XTENSA || elf.type() != Elf32.RELOCATABLE) {
        throw fail(
            "member %s is for machine %d, and not an object for Xtensa (machine %d)"
                .formatted(member.name(), elf.machine(), Elf32.EM_XTENSA));
      }
      objects.add(Map.entry(member.name(), elf));
    }
  }

  private void checkInterface() {
    PhyInterface ours = PhyInterface.ours();
    Map<String, Elf32> defined = new HashMap<>();
    Set<String> missing = new TreeSet<>();
    for (Map.Entry<String, Elf32> object : objects) {
      for (Symbol symbol : object.getValue().symbols()) {
        if (symbol.binding() != Binding.LOCAL && symbol.section() != Elf32.UNDEFINED) {
          defined.put(symbol.name(), object.getValue());
        } else if (symbol.binding() == Binding.GLOBAL) {
          missing.add(symbol.name());
        }
      }
    }
    List<String> lacking =
        ours.exports().stream().filter(name -> !defined.containsKey(name)).toList();
    if (!lacking.isEmpty()) {
      throw fail("does not define " + String.join(", ", lacking));
    }
    for (String export : ours.exports()) {
      if (!windowed(defined.get(export), export)) {
        throw fail("%s is no code of the windowed ABI".formatted(export));
      }
    }
    missing.removeAll(defined.keySet());
    missing.removeAll(ours.imports());
    if (!missing.isEmpty()) {
      throw fail(
          "needs what neither it nor the tool has: %s; it may be for another chip, or of another version"
              .formatted(String.join(", ", missing)));
    }
  }

  /** Whether a function begins as windowed ones do. */
  private static boolean windowed(Elf32 elf, String function) {
    Symbol symbol = elf.symbol(function).orElseThrow();
    if (symbol.section() < 0) {
      return false;
    }
    byte[] code = elf.sections().get(symbol.section()).data();
    int at = symbol.value();
    if (at < 0 || at > code.length - 3) {
      return false;
    }
    int word = code[at] & 0xFF | (code[at + 1] & 0xFF) << 8 | (code[at + 2] & 0xFF) << 16;
    return Decoder.opcode(word) == Opcode.ENTRY;
  }

  /**
   * Writes it as an archive that the linker takes.
   *
   * @param toolchain for the chip
   * @param folder where to; it is there
   * @return the file
   */
  public Path write(CToolchain toolchain, Path folder) {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, Elf32> object : objects) {
      String name = object.getKey().replaceFirst("\\.o$", "").replaceAll("[^\\w-]", "_") + ".o";
      Path place = folder.resolve(name);
      if (files.contains(place)) {
        place = folder.resolve(files.size() + name);
      }
      WindowedObject windowed =
          new WindowedObject("%s(%s)".formatted(file, object.getKey()), object.getValue());
      AtomicFiles.write(place, windowed.linkable().write());
      files.add(place);
    }
    Path archive = folder.resolve(ARCHIVE);
    toolchain.archive(files, archive);
    return archive;
  }

  private MirageException fail(String found) {
    return new MirageException("%s: %s; %s".formatted(file, found, WANTED));
  }
}
