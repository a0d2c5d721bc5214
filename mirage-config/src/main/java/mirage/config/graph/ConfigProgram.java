// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import com.fasterxml.jackson.databind.JsonNode;

/** A compiled config.ml. */
@FunctionalInterface
public interface ConfigProgram {
  /**
   * Runs it (docs/config-protocol.md).
   *
   * @param request the request
   * @return its answer
   * @throws mirage.tools.MirageException when it ends without an answer, with what it printed
   */
  JsonNode ask(JsonNode request);
}
