// SPDX-License-Identifier: Apache-2.0
package mirage.config.describe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mirage.config.resolve.Application;
import mirage.config.resolve.Device;

/**
 * The device graph as boxes and lines, not yet placed. Line {@code a -> b}: {@code a} needs {@code b}.
 *
 * @param title what it is the picture of
 * @param boxes the boxes; the first is the unikernel itself
 * @param lines the lines
 */
record Picture(String title, List<Box> boxes, List<Line> lines) {

  /**
   * A box.
   *
   * @param name identifies it; its first line of text
   * @param label its second line of text
   * @param role how it is drawn
   */
  record Box(String name, String label, Role role) {}

  /** What a box stands for. */
  enum Role {
    ROOT,
    INIT,
    JOB,
    DEVICE
  }

  /**
   * A line.
   *
   * @param argument true: a functor argument; false: a value given to connect alone
   */
  record Line(int from, int to, boolean argument) {}

  static Picture of(Application application) {
    List<Box> boxes = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    Map<String, Integer> index = new LinkedHashMap<>();
    boxes.add(new Box(application.name(), "target " + application.target().id(), Role.ROOT));
    for (Device device : application.devices()) {
      index.put(device.value(), boxes.size());
      boxes.add(new Box(device.value(), label(device), role(application, device)));
    }
    application.init().forEach(d -> lines.add(new Line(0, index.get(d.value()), false)));
    application.jobs().forEach(d -> lines.add(new Line(0, index.get(d.value()), true)));
    for (Device device : application.devices()) {
      int from = index.get(device.value());
      device.arguments().forEach(d -> lines.add(new Line(from, index.get(d.value()), true)));
      device.dependencies().forEach(d -> lines.add(new Line(from, index.get(d.value()), false)));
    }
    return new Picture(application.name(), boxes, lines.stream().distinct().toList());
  }

  private static String label(Device device) {
    return device
        .implementation()
        .map(offer -> offer.item().name() + ", " + offer.origin())
        .orElse(device.functor().orElse(device.module()));
  }

  private static Role role(Application application, Device device) {
    if (application.jobs().contains(device)) {
      return Role.JOB;
    }
    return application.init().contains(device) ? Role.INIT : Role.DEVICE;
  }
}
