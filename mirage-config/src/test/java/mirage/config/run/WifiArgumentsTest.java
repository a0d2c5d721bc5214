// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import mirage.emulator.accesspoint.Settings;
import mirage.emulator.net.NetworkOptions;
import org.junit.jupiter.api.Test;

class WifiArgumentsTest {
  private static final Set<String> ON_WIFI = Set.of("logs", "ssid", "passphrase");

  private static NetworkOptions network(String ssid, Optional<String> passphrase) {
    return new NetworkOptions(
        NetworkOptions.Kind.NONE,
        List.of(),
        Optional.empty(),
        Optional.of(Settings.of(ssid, passphrase)));
  }

  @Test
  void aUnikernelOnWifiGetsTheNetworkOfTheAccessPoint() {
    NetworkOptions home = network("home", Optional.of("correct horse"));
    assertThat(WifiArguments.added(List.of("--logs=debug"), ON_WIFI, home))
        .containsExactly("--logs=debug", "--ssid=home", "--passphrase=correct horse");
    assertThat(WifiArguments.added(List.of(), ON_WIFI, NetworkOptions.NONE))
        .containsExactly("--ssid=mirage");
  }

  @Test
  void whatWasTypedCountsMore() {
    NetworkOptions home = network("home", Optional.of("correct horse"));
    for (List<String> typed : List.of(List.of("--ssid=other"), List.of("--ssid", "other"))) {
      assertThat(WifiArguments.added(typed, ON_WIFI, home)).isEqualTo(typed);
    }
  }

  @Test
  void otherUnikernelsGetNothing() {
    assertThat(WifiArguments.added(List.of(), Set.of("logs"), network("home", Optional.empty())))
        .isEmpty();
  }
}
