// SPDX-License-Identifier: Apache-2.0
package mirage.device;

import java.util.List;
import java.util.ServiceLoader;

/** The door through which a jar, ours or anybody's, offers what it has. Found by ServiceLoader. */
public interface DeviceProvider {
  /** All that are on the class path, in its order. */
  static List<DeviceProvider> ofClassPath() {
    return ServiceLoader.load(DeviceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Device kinds of this jar that are not among {@link DeviceKinds}, in any order. */
  default List<DeviceKind> kinds() {
    return List.of();
  }

  /** OCaml libraries in this jar, in any order. */
  default List<OcamlLibrary> libraries() {
    return List.of();
  }

  /** Device implementations in this jar, in any order. */
  default List<DeviceImplementation> implementations() {
    return List.of();
  }
}
