// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mirage.config.run.Runner;
import mirage.emulator.Esp32;
import mirage.emulator.accesspoint.Settings;
import mirage.emulator.clock.Clock;
import mirage.emulator.net.Network;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.net.Station;
import mirage.emulator.run.Boards;
import mirage.emulator.wlan.Address;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A board that is told its network by somebody with a radio, and knows it at its next start. */
@Timeout(300)
class SetupPortalTest {
  private static final String PASSPHRASE = "correct horse";
  private static final long MAC = 0x240A_C400_0110L;
  private static final NetworkOptions HOME =
      new NetworkOptions(
          NetworkOptions.Kind.NONE,
          List.of(),
          Optional.empty(),
          Optional.of(Settings.of("home", Optional.of(PASSPHRASE))));

  @TempDir static Path folder;
  private static byte[] portal;

  @BeforeAll
  static void build() {
    build(Path.of("setup-portal"), "portal");
    build(Path.of("src/test/resources/portal-guest"), "guest");
    build(Path.of("src/test/resources/lan"), "lan");
    portal = flash("portal/dist/setup_portal.bin", "--ssid=", "--logs=portal:debug,info");
  }

  private static void build(Path source, String name) {
    Tool tool = Tool.onCopyOf(source, folder.resolve(name));
    assertThat(tool.run("", "configure", "-t", "esp32")).matches(r -> r.status() == 0);
    assertThat(tool.run("", "build")).matches(r -> r.status() == 0);
  }

  private static byte[] flash(String image, String... boot) {
    return Runner.flash(folder.resolve(image), List.of(boot));
  }

  private static byte[] guest(String passphrase) {
    return flash(
        "guest/dist/portal_guest.bin",
        "--ssid=mirage-setup",
        "--type-ssid=home",
        "--type-passphrase=" + passphrase);
  }

  /** What boards have printed, and the flash of the first. */
  private record Run(String console, byte[] flash) {}

  /** Runs boards around the access point, the last one gives out addresses, until one of them has printed the end. */
  private static Run run(String end, byte[]... flashes) {
    StringBuilder console = new StringBuilder();
    List<Esp32> chips = new ArrayList<>();
    List<Station> boards =
        IntStream.range(0, flashes.length)
            .mapToObj(it -> new Station("board", new Address(MAC + Station.ADDRESSES * it)))
            .toList();
    try (Network network = Network.open(HOME, boards, it -> {})) {
      for (int number = 0; number < flashes.length; number++) {
        Esp32 chip =
            Esp32.builder()
                .flash(flashes[number])
                .mac(boards.get(number).first().bytes())
                .seed(number)
                .antenna(network.antenna(number))
                .ethernet(network.cable(number))
                .host(Boards.HOST)
                .console(
                    value -> {
                      console.append((char) value);
                      if (value == '\n' && console.indexOf(end) >= 0) {
                        chips.forEach(Esp32::stop);
                      }
                    })
                .build();
        chip.boot();
        chips.add(chip);
      }
      Boards.onAir(chips).run(80 * Clock.TICKS_PER_SECOND);
    }
    assertThat(console.toString()).contains(end);
    return new Run(console.toString(), chips.get(0).flashContent());
  }

  @Test
  void aNetworkIsChosenAndKept() {
    byte[] lan = flash("lan/dist/lan.bin");
    Run mistyped =
        run("has another passphrase; the next try is in", portal, guest("battery staple"), lan);
    assertThat(mistyped.console())
        .contains(
            "join mirage-setup and open http://192.168.4.1/",
            "24:0a:c4:00:01:14 has 192.168.4.10",
            "guest 192.168.4.10\n",
            "http://captive.example.org/generate_204: 302 Found to http://192.168.4.1/, 0 bytes",
            "http://192.168.4.1/: 200 OK, ",
            "posted: 400 Bad Request, ",
            "posted: 200 OK, ",
            "not joined: the access point has another passphrase");

    // What was typed is kept: the next start tries it, and asks again.
    Run right = run("at work as 10.9.0.50", mistyped.flash(), guest(PASSPHRASE), lan);
    assertThat(right.console())
        .containsSubsequence(
            "not joined: the access point has another passphrase",
            "join mirage-setup and open http://192.168.4.1/",
            "posted: 200 OK, ",
            "joined \"home\" (02:00:00:4d:49:01)",
            "at work as 10.9.0.50");

    Run later = run("at work as 10.9.0.50", right.flash(), lan);
    assertThat(later.console())
        .contains("joined \"home\"")
        .doesNotContain("access point is up", "mirage-setup");
    assertThat(mistyped.console() + right.console() + later.console())
        .doesNotContain(PASSPHRASE, "battery staple");
  }
}
