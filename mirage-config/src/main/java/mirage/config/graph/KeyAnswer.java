// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import java.util.List;

/**
 * All keys of a unikernel, before any value is known.
 *
 * @param name the unikernel's name
 * @param keys its keys and the tool's, each once
 * @param errors every problem found
 */
public record KeyAnswer(String name, List<KeyOption> keys, List<Problem> errors) {
  public KeyAnswer {
    keys = List.copyOf(keys);
    errors = List.copyOf(errors);
  }
}
