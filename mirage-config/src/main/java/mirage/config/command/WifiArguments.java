// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.util.ArrayList;
import java.util.List;
import mirage.config.project.Manifest;
import mirage.emulator.accesspoint.Settings;
import mirage.emulator.net.NetworkOptions;

/** Boot arguments with which a unikernel joins the network of the simulated access point. */
final class WifiArguments {
  private static final String SSID = "ssid";

  private WifiArguments() {}

  /** The arguments typed, and those of the network, if the unikernel wants some and they name no other. */
  static List<String> added(List<String> typed, Manifest manifest, NetworkOptions around) {
    boolean named = typed.stream().anyMatch(it -> it.equals("--ssid") || it.startsWith("--ssid="));
    if (!manifest.keys().containsKey(SSID) || named) {
      return typed;
    }
    Settings network = around.accessPoint().orElse(NetworkOptions.OPEN);
    List<String> all = new ArrayList<>(typed);
    all.add("--ssid=" + network.ssid());
    network.passphrase().ifPresent(passphrase -> all.add("--passphrase=" + passphrase));
    return all;
  }
}
