// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mirage.bindings.program.Program;

/** What a program asks of OCaml that the chip has, but can only refuse. */
final class UnsupportedFeatures {
  private static final Set<String> LOADING =
      Set.of(
          "caml_dynlink_open_lib",
          "caml_dynlink_lookup_symbol",
          "caml_dynlink_add_primitive",
          "caml_reify_bytecode",
          "caml_realloc_global",
          "caml_get_section_table",
          "caml_invoke_traced_function");

  private UnsupportedFeatures() {}

  /**
   * One line for each feature.
   *
   * @param libraries the library of each compilation unit, as far as known
   */
  static List<String> warnings(String name, Program program, Map<String, String> libraries) {
    List<String> used = program.primitives().stream().filter(LOADING::contains).sorted().toList();
    if (used.isEmpty()) {
      return List.of();
    }
    Set<String> callers =
        used.stream()
            .flatMap(primitive -> program.callers().getOrDefault(primitive, List.of()).stream())
            .map(unit -> libraries.getOrDefault(unit, unit))
            .collect(Collectors.toCollection(TreeSet::new));
    return List.of(
        "%s: code cannot be loaded at run time on the chip (%s, called by %s); what tries it gets an exception"
            .formatted(name, String.join(", ", used), String.join(", ", callers)));
  }
}
