// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A vertex of the application graph: a device of ours, or a module that config.ml names.
 *
 * @param id its number
 * @param kind the device kind whose implementation Java chooses; empty for a module of config.ml
 * @param type what kind of device its users see, such as {@code kv_ro} for kind {@code crunch}
 * @param name what its value in main.ml is called, before the counter
 * @param module the OCaml module or functor; empty for a device of ours
 * @param params what config.ml gave for the device
 * @param arguments ids of the functor's arguments
 * @param dependencies ids of further nodes whose values {@code connect} gets; for a device of ours,
 *     devices the user chose for what its implementation needs
 * @param keys names of the keys it reads
 * @param connect OCaml expression with {@code {module}} and {@code {0}}...; empty for a device of ours
 * @param position where config.ml names it
 */
public record Node(
    int id,
    Optional<String> kind,
    Optional<String> type,
    String name,
    Optional<String> module,
    Map<String, String> params,
    List<Integer> arguments,
    List<Integer> dependencies,
    List<String> keys,
    Optional<String> connect,
    Optional<String> position) {
  public Node {
    kind = kind == null ? Optional.empty() : kind;
    type = type == null ? Optional.empty() : type;
    module = module == null ? Optional.empty() : module;
    params = params == null ? Map.of() : params;
    arguments = Graph.orEmpty(arguments);
    dependencies = Graph.orEmpty(dependencies);
    keys = Graph.orEmpty(keys);
    connect = connect == null ? Optional.empty() : connect;
    position = position == null ? Optional.empty() : position;
  }
}
