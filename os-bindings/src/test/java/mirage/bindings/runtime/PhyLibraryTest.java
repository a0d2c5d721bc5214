// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mirage.bindings.CToolchain;
import mirage.bindings.phy.PhyLibrary;
import mirage.device.Target;
import mirage.device.testkit.WindowedArchive;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windowed code of an archive in a program of call0 code. */
class PhyLibraryTest {
  private static final String EXPECTED =
      "; expected libphy.a for the ESP32, as the vendor gives it out (repository esp-phy-lib, folder esp32)";

  /** In an ELF header. */
  private static final int MACHINE = 18;

  private static final CToolchain TOOLCHAIN = new CToolchain(Target.ESP32, List.of());

  @TempDir Path folder;

  @Test
  void windowedCodeAndOursCallEachOther() throws IOException {
    Path linkable = PhyLibrary.read(library("")).write(TOOLCHAIN, folder);
    List<String> more = RuntimeBuild.of(Target.ESP32, BuildCache.user()).phyLinkArguments(linkable);

    CProgram.Result result =
        CProgram.compile(Target.ESP32, "phy", folder, more).run("", "", Map.of());

    assertThat(result.output())
        .isEqualTo(
            """
            phy: 1 2 3 4 5 6 7 8, 28244 of 28244, 14 turns, init 3 80 5, mode 2, 47d9038f 1000000, 820 1640
            ticks 12345678
            waited 1
            """);
    assertThat(result.status()).as(result.errors()).isZero();
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Path file = folder.resolve("libphy.a");
    Files.writeString(file, "This is not a library.");
    refused(
        file, ": at offset 0x0: found 'This is'; allowed: !<arch> (a static library)" + EXPECTED);
    Files.writeString(file, "!<arch>\n");
    refused(
        file,
        ": does not define chip_v7_set_chan_nomac, disable_wifi_agc, enable_wifi_agc, register_chipv7_phy, tx_pwctrl_background"
            + EXPECTED);
  }

  @Test
  void anotherChipsIsRefused() throws IOException {
    Path file = library("");
    byte[] content = Files.readAllBytes(file);
    int elf = new String(content, StandardCharsets.ISO_8859_1).indexOf("\177ELF");
    content[elf + MACHINE] = (byte) 243;
    Files.write(file, content);
    refused(
        file,
        ": member libphy.a.o is for machine 243, and not an object for Xtensa (machine 94)"
            + EXPECTED);
  }

  @Test
  void aLibraryWithoutAFunctionThatIsCalledIsRefused() {
    Path file =
        WindowedArchive.of(
            WindowedArchive.source().replace("int register_chipv7_phy", "int register_chipv6_phy"),
            folder.resolve("libphy.a"));
    refused(file, ": does not define register_chipv7_phy" + EXPECTED);
  }

  @Test
  void aLibraryThatNeedsMoreIsRefused() {
    refused(
        library("int more(void); int others(void); int use(void) { return more() + others(); }"),
        ": needs what neither it nor the tool has: more, others; it may be for another chip, or of another version"
            + EXPECTED);
  }

  @Test
  void codeOfTheOtherAbiIsRefused() {
    StringBuilder functions = new StringBuilder();
    for (String name :
        List.of(
            "register_chipv7_phy",
            "chip_v7_set_chan_nomac",
            "enable_wifi_agc",
            "disable_wifi_agc",
            "tx_pwctrl_background")) {
      functions.append("void %s(void) {}\n".formatted(name));
    }
    refused(
        WindowedArchive.call0(functions.toString(), folder.resolve("libphy.a")),
        ": chip_v7_set_chan_nomac is no code of the windowed ABI" + EXPECTED);
  }

  @Test
  void aCallThatCannotReachIsRefused() {
    Path file =
        library(
            "__attribute__((section(\".text.far\"))) int far(void) { return near_sum(1, 2, 3, 4, 5, 6); }");
    assertThatThrownBy(() -> PhyLibrary.read(file).write(TOOLCHAIN, folder))
        .isInstanceOf(MirageException.class)
        .hasMessageMatching(
            ".*libphy\\.a\\(libphy\\.a\\.o\\): \\.text\\.far\\+0x\\w+: found CALL8 to near_sum; allowed: l32r to another section");
  }

  @Test
  void aDamagedOneIsRefusedOrWritten() throws IOException {
    Path file = library("");
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = sound.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        PhyLibrary.read(file).write(TOOLCHAIN, folder);
      } catch (MirageException e) {
        assertThat(e).hasMessageContaining("libphy.a");
      }
    }
  }

  /** The library of ours with more in it. */
  private Path library(String more) {
    return WindowedArchive.of(WindowedArchive.source() + more, folder.resolve("libphy.a"));
  }

  private static void refused(Path file, String why) {
    assertThatThrownBy(() -> PhyLibrary.read(file))
        .isInstanceOf(MirageException.class)
        .hasMessage(file + why);
  }
}
