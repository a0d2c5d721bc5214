// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import mirage.backend.Observer;
import mirage.device.Target;
import mirage.formats.FormatException;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/** Links programs for one target. */
public interface Linker {

  /**
   * Links a program. Results are complete or not there.
   *
   * @throws MirageException naming all primitives nothing provides, or sizes that do not fit, or what the linker says,
   *     or where a file is damaged
   */
  LinkResult link(LinkRequest request);

  /** The linker of a target; what it links programs with is built on first use and kept in the cache. */
  static Linker of(Target target, BuildCache cache) {
    return of(target, cache, Observer.NONE);
  }

  /** The same, with an observer of compilations. */
  static Linker of(Target target, BuildCache cache, Observer observer) {
    Linker linker =
        switch (target) {
          case ESP32 -> new ChipLinker(cache, observer);
          case UNIX -> new HostLinker(cache);
        };
    return request -> {
      try {
        return linker.link(request);
      } catch (FormatException e) {
        throw new MirageException(e.getMessage(), e);
      }
    };
  }
}
