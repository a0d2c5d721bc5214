// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mirage.emulator.accesspoint.Settings;
import mirage.emulator.net.NetworkOptions;

/** Boot arguments with which a unikernel joins the network of the simulated access point. */
public final class WifiArguments {
  private static final String KEY = "ssid";
  private static final String OPTION = "--" + KEY;

  private WifiArguments() {}

  /**
   * The arguments typed, and those of the network, if the unikernel wants some and the typed ones name no other.
   *
   * @param keys names of the unikernel's keys
   */
  public static List<String> added(List<String> typed, Set<String> keys, NetworkOptions around) {
    boolean named = typed.stream().anyMatch(it -> it.equals(OPTION) || it.startsWith(OPTION + "="));
    if (named || !keys.contains(KEY)) {
      return typed;
    }
    Settings network = around.accessPoint().orElse(NetworkOptions.OPEN);
    List<String> all = new ArrayList<>(typed);
    all.add(OPTION + "=" + network.ssid());
    network.passphrase().ifPresent(passphrase -> all.add("--passphrase=" + passphrase));
    return all;
  }
}
