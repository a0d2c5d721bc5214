// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import java.util.HashMap;
import java.util.Map;

/** Names in generated OCaml: a counter from 1 for every prefix. */
final class OcamlNames {
  private final Map<String, Integer> counters = new HashMap<>();

  /** The next name with this prefix, such as {@code time1}. */
  String next(String prefix) {
    return prefix + counters.merge(prefix, 1, Integer::sum);
  }

  /** A value name's prefix made of any text: letters, digits and underscores stay, a dash becomes one. */
  static String ocamlify(String text) {
    String kept = text.replace('-', '_').replaceAll("[^A-Za-z0-9_]", "");
    return kept.isEmpty() || Character.isDigit(kept.charAt(0)) ? "_" + kept : kept;
  }

  /** The first part of a module path: {@code Unikernel} of {@code Unikernel.Hello}. */
  static String head(String module) {
    int dot = module.indexOf('.');
    return dot < 0 ? module : module.substring(0, dot);
  }
}
