// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import java.util.Optional;

/**
 * A key of the evaluated graph, as key_gen.ml needs it.
 *
 * @param name the name given to {@code Key.create}
 * @param ocamlName the function's name in key_gen.ml
 * @param stage when its value is fixed
 * @param given whether the user gave a value at configure time
 * @param display its value, for people
 * @param create OCaml expression that makes the run-time key; empty for stage configure
 * @param value OCaml expression of the configure-time value
 */
public record Key(
    String name,
    String ocamlName,
    Stage stage,
    boolean given,
    String display,
    Optional<String> create,
    Optional<String> value) {
  public Key {
    create = create == null ? Optional.empty() : create;
    value = value == null ? Optional.empty() : value;
  }

  /** When a key's value is fixed. */
  public enum Stage {
    CONFIGURE,
    RUN,
    BOTH;

    public boolean atBoot() {
      return this != CONFIGURE;
    }
  }
}
