// SPDX-License-Identifier: Apache-2.0
package mirage.config.generate;

import java.util.Comparator;
import java.util.List;
import mirage.config.graph.Key;
import mirage.config.resolve.Application;

/**
 * The module through which the program reads its keys. A key that may be given at boot is made here,
 * with its configure-time value as default; any other is a constant.
 */
public final class KeyGenMl {
  private KeyGenMl() {}

  /** The text of key_gen.ml. */
  public static String text(Application application, String command) {
    List<Key> keys = application.keys().stream().sorted(Comparator.comparing(Key::name)).toList();
    StringBuilder text = new StringBuilder(Marker.ocaml(command));
    keys.forEach(key -> text.append('\n').append(key(key)));
    List<Key> atBoot = keys.stream().filter(KeyGenMl::atBoot).toList();
    return text.append("\nlet runtime_keys = List.combine\n  ")
        .append(Ocaml.list(atBoot.stream().map(key -> key.ocamlName() + "_t").toList()))
        .append("\n  ")
        .append(Ocaml.list(atBoot.stream().map(key -> Ocaml.string(key.name())).toList()))
        .append('\n')
        .toString();
  }

  private static boolean atBoot(Key key) {
    return key.stage().atBoot() && key.create().isPresent();
  }

  private static String key(Key key) {
    String name = key.ocamlName();
    if (atBoot(key)) {
      return """
          let %1$s = %2$s
          let %1$s_t = Functoria_runtime.Key.term %1$s
          let %1$s () = Functoria_runtime.Key.get %1$s
          """
          .formatted(name, key.create().orElseThrow());
    }
    return "let %s () = %s\n".formatted(name, key.value().orElse("()"));
  }
}
