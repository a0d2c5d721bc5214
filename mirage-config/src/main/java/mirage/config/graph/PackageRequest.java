// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import java.util.List;
import java.util.Optional;

/**
 * A package the unikernel asks for.
 *
 * @param opam its opam name
 * @param findlib libraries of it to link
 * @param min lowest versions allowed; all of them hold
 * @param max first versions not allowed any more; all of them hold
 * @param pin where its sources are
 * @param build true: used by config.ml alone, not linked
 */
public record PackageRequest(
    String opam,
    List<String> findlib,
    List<String> min,
    List<String> max,
    Optional<String> pin,
    boolean build) {
  public PackageRequest {
    findlib = Graph.orEmpty(findlib);
    min = Graph.orEmpty(min);
    max = Graph.orEmpty(max);
    pin = pin == null ? Optional.empty() : pin;
  }
}
