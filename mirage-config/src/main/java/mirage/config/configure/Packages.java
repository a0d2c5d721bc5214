// SPDX-License-Identifier: Apache-2.0
package mirage.config.configure;

import java.util.List;
import mirage.config.graph.PackageRequest;
import mirage.config.graph.Problem;
import mirage.config.resolve.Application.FoundPackage;
import mirage.config.resolve.Catalog;
import mirage.device.Target;

/** Says what serves the packages a unikernel asks for. */
@FunctionalInterface
public interface Packages {
  /**
   * What a unikernel can have.
   *
   * @param catalog what the jars carry
   * @param target what is built for
   */
  Reach within(Catalog catalog, Target target);

  /** The packages and libraries of one catalog, for one target. */
  interface Reach {
    /** Whether an OCaml library is there, and can be used with all it requires. */
    boolean has(String library);

    /**
     * Looks packages up.
     *
     * @param unikernel who asks, for messages
     * @param requests what it asks for
     * @param problems gets every package that is unknown, not available here, or out of bounds
     */
    Found find(String unikernel, List<PackageRequest> requests, List<Problem> problems);
  }

  /**
   * What was found.
   *
   * @param packages the packages, sorted by name
   * @param libraries findlib names of all that is linked
   */
  record Found(List<FoundPackage> packages, List<String> libraries) {}
}
