// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import java.util.List;

/**
 * The evaluated application graph of one unikernel.
 *
 * @param name the name given to {@code register}, as an OCaml and file name
 * @param errors every problem the config.ml has with the given keys; the rest may be missing then
 * @param keys keys of the evaluated graph, sorted by name
 * @param packages what the unikernel asks for, each opam name once
 * @param jars Maven coordinates {@code group:artifact:version} named by config.ml
 * @param nodes devices and modules, arguments before their users
 * @param init ids of what starts before the jobs, in order
 * @param jobs ids of the jobs, in order
 */
public record Graph(
    String name,
    List<Problem> errors,
    List<Key> keys,
    List<PackageRequest> packages,
    List<String> jars,
    List<Node> nodes,
    List<Integer> init,
    List<Integer> jobs) {
  public Graph {
    errors = orEmpty(errors);
    keys = orEmpty(keys);
    packages = orEmpty(packages);
    jars = orEmpty(jars);
    nodes = orEmpty(nodes);
    init = orEmpty(init);
    jobs = orEmpty(jobs);
  }

  static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
