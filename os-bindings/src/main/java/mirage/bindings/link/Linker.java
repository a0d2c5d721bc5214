// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import mirage.backend.Observer;
import mirage.device.Target;
import mirage.tools.BuildCache;

/** Links programs for one target. */
public interface Linker {

  /**
   * Links a program. Results are complete or not there.
   *
   * @throws mirage.tools.MirageException naming all primitives nothing provides, or sizes that do not fit, or what
   *     the linker says
   */
  LinkResult link(LinkRequest request);

  /** The linker of a target; what it links programs with is built on first use and kept in the cache. */
  static Linker of(Target target, BuildCache cache) {
    return switch (target) {
      case ESP32 -> new ChipLinker(cache, Observer.NONE);
      case UNIX -> new HostLinker(cache);
    };
  }
}
