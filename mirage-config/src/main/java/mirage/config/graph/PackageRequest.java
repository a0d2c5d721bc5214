// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import java.util.List;
import java.util.Optional;

/**
 * A package the unikernel asks for.
 *
 * @param opam its opam name
 * @param findlib libraries of it to link
 * @param min lowest version allowed
 * @param max first version not allowed any more
 * @param pin where its sources are
 * @param build true: used by config.ml alone, not linked
 */
public record PackageRequest(
    String opam,
    List<String> findlib,
    Optional<String> min,
    Optional<String> max,
    Optional<String> pin,
    boolean build) {
  public PackageRequest {
    findlib = Graph.orEmpty(findlib);
    min = min == null ? Optional.empty() : min;
    max = max == null ? Optional.empty() : max;
    pin = pin == null ? Optional.empty() : pin;
  }
}
