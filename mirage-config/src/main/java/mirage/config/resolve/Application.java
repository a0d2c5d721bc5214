// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import java.util.List;
import java.util.Map;
import mirage.config.graph.Key;
import mirage.device.Target;

/**
 * A unikernel with every choice made.
 *
 * @param name its name
 * @param target what it is built for
 * @param devices all devices, each after those it needs
 * @param init devices that start before the jobs, in order
 * @param jobs the jobs, in order
 * @param keys its keys, sorted by name
 * @param packages the opam packages it asks for, with what was found for them
 * @param libraries findlib names to link, sorted
 * @param jars Maven coordinates that config.ml names
 * @param signatures device kind to the OCaml module type its implementations must match
 */
public record Application(
    String name,
    Target target,
    List<Device> devices,
    List<Device> init,
    List<Device> jobs,
    List<Key> keys,
    List<FoundPackage> packages,
    List<String> libraries,
    List<String> jars,
    Map<String, String> signatures) {

  /**
   * A package and what serves it.
   *
   * @param opam the name config.ml uses
   * @param version the version found
   */
  public record FoundPackage(String opam, String version) {}
}
