// SPDX-License-Identifier: Apache-2.0
package mirage.config.generate;

import mirage.config.resolve.Application;
import mirage.config.resolve.Device;

/**
 * A module that is compiled but not linked: it says of every device module which module type it has
 * to match, so that a module that does not is reported by its own name. A comment at the end of each
 * line names who is to blame.
 */
public final class DeviceCheckMl {
  private static final String BLAME = "(* of ";

  private DeviceCheckMl() {}

  /** The text of device_check.ml. */
  public static String text(Application application, String command) {
    StringBuilder text = new StringBuilder(Marker.ocaml(command));
    for (Device device : application.devices()) {
      device
          .implementation()
          .ifPresent(
              offer -> {
                String blame =
                    " %s%s in %s *)\n".formatted(BLAME, offer.item().name(), offer.origin());
                if (device.functor().isPresent()) {
                  text.append(MainMl.functorApplication(device)).append(blame);
                }
                String signature = application.signatures().get(offer.item().kind());
                if (signature != null) {
                  text.append("module _ : %s = %s%s".formatted(signature, device.module(), blame));
                }
              });
    }
    return text.toString();
  }

  /** Who is to blame for an error in a line of it, such as {@code console-uart in console.jar}. */
  public static String blame(String line) {
    int start = line.lastIndexOf(BLAME);
    return start < 0 ? "" : line.substring(start + BLAME.length()).replace("*)", "").strip();
  }
}
