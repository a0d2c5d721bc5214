// SPDX-License-Identifier: Apache-2.0
package mirage.config.configure;

import java.util.List;
import mirage.config.graph.PackageRequest;
import mirage.config.graph.Problem;
import mirage.config.resolve.Application.FoundPackage;
import mirage.config.resolve.Catalog;
import mirage.device.Target;

/** Says what serves the packages a unikernel asks for. */
public interface Packages {
  /**
   * Looks packages up.
   *
   * @param catalog what the jars carry
   * @param target what is built for
   * @param unikernel who asks, for messages
   * @param requests what it asks for
   * @param problems gets every package that is unknown, not available here, or out of bounds
   */
  Found find(
      Catalog catalog,
      Target target,
      String unikernel,
      List<PackageRequest> requests,
      List<Problem> problems);

  /** Whether an OCaml library is within reach. */
  boolean has(Catalog catalog, Target target, String library);

  /**
   * What was found.
   *
   * @param packages the packages, sorted by name
   * @param libraries findlib names of all that is linked
   */
  record Found(List<FoundPackage> packages, List<String> libraries) {}
}
