// SPDX-License-Identifier: Apache-2.0
package mirage.device.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceKind;
import mirage.tools.MirageException;

/** Checks with the OCaml compiler that implementations have the module types of their kinds. */
public final class Conformance {
  private Conformance() {}

  /**
   * Compiles a program that gives every module its kind's module type; functors are applied to
   * modules of which nothing but the module type of their kind is known. Implementations whose
   * module is generated at build time are left out.
   *
   * @param folder an empty folder
   * @throws mirage.tools.MirageException with the compiler's message when a module does not fit
   * @throws mirage.tools.MirageException when a kind is neither MirageOS's nor one of a jar's own
   */
  public static void check(
      OcamlHost host, Path folder, List<DeviceImplementation> implementations) {
    Set<String> libraries = new LinkedHashSet<>();
    StringBuilder source = new StringBuilder();
    for (DeviceImplementation item : implementations) {
      if (item.generator().isEmpty()) {
        libraries.addAll(item.libraries());
        source.append(ascription(host, item, libraries));
      }
    }
    host.program(folder, List.copyOf(libraries), source.toString());
  }

  /** {@code module _ (A0 : Mirage_clock.PCLOCK) : sig end = Mirage_logs.Make(A0)}. */
  private static String ascription(
      OcamlHost host, DeviceImplementation item, Set<String> libraries) {
    List<String> parameters = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < item.arguments().size(); i++) {
      DeviceKind kind = kind(host, item.arguments().get(i), libraries);
      parameters.add("(A%d : %s) ".formatted(i, kind.signature()));
      arguments.add("(A%d)".formatted(i));
    }
    return "module _ %s: %s = %s%s\n"
        .formatted(
            String.join("", parameters),
            kind(host, item.kind(), libraries).signature(),
            item.module(),
            String.join("", arguments));
  }

  private static DeviceKind kind(OcamlHost host, String name, Set<String> libraries) {
    DeviceKind kind =
        host.kind(name)
            .orElseThrow(
                () ->
                    new MirageException(
                        "device kind '%s': neither one of MirageOS nor in the kinds() of a jar on the class path"
                            .formatted(name)));
    libraries.add(kind.library());
    return kind;
  }
}
