// SPDX-License-Identifier: Apache-2.0
package mirage.config.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.config.resolve.Catalog;
import mirage.config.resolve.Offer;
import mirage.device.DeviceGenerator;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceProvider;
import mirage.device.Target;

/** A small world of devices, so that tests do not change when real devices do. */
public final class TestDevices {
  private static final Set<Target> CHIP = Set.of(Target.ESP32);

  private TestDevices() {}

  /** Devices of both targets, as the tool's own jars offer them. */
  public static final List<DeviceImplementation> OWN =
      List.of(
          plain("time-os", "time", Target.ALL, "OS.Time", "return ()"),
          plain("mclock-os", "mclock", Target.ALL, "Mclock", "return ()"),
          plain("pclock-os", "pclock", Target.ALL, "Pclock", "return ()"),
          plain("app-info", "app_info", Target.ALL, "Info_gen", "return {module}.info"),
          plain("argv-os", "argv", Target.ALL, "Bootvar", "{module}.argv ()"),
          plain("console-uart", "console", CHIP, "Console_uart", "{module}.connect \"{name}\""),
          plain("random-fortuna", "random", Target.ALL, "Rng.Make", "{module}.initialize ({1})")
              .withArguments("time", "mclock"),
          plain(
                  "reporter-stderr",
                  "reporter",
                  Target.ALL,
                  "Mirage_logs.Make",
                  "{module}.create {level} {logs}")
              .withArguments("pclock"),
          plain("crunch", "crunch", Target.ALL, "Static", "{module}.connect ()")
              .withGenerator(request -> new DeviceGenerator.Generated(List.of(), Map.of())));

  /** A catalogue of {@link #OWN} and more, the latter from a jar that config.ml names. */
  public static Catalog catalog(DeviceImplementation... named) {
    List<Offer<DeviceProvider>> providers = new ArrayList<>();
    providers.add(new Offer<>(provider(OWN), "own.jar", false));
    if (named.length > 0) {
      providers.add(new Offer<>(provider(Arrays.asList(named)), "org.example:extra:1.0", true));
    }
    return Catalog.of(providers);
  }

  public static DeviceImplementation plain(
      String name, String kind, Set<Target> targets, String module, String connect) {
    return DeviceImplementation.of(name, kind, targets, module, connect);
  }

  private static DeviceProvider provider(List<DeviceImplementation> implementations) {
    return new DeviceProvider() {
      @Override
      public List<DeviceImplementation> implementations() {
        return implementations;
      }
    };
  }
}
