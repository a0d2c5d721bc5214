// SPDX-License-Identifier: Apache-2.0
package mirage.config.graph;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.device.Target;

/**
 * What configuration starts from.
 *
 * @param target what is built for
 * @param buildDirectory where {@code mirage/} and {@code dist/} are, absolute
 * @param keys key option (without dashes) to raw values, in order; an empty list for a flag
 */
public record ConfigRequest(Target target, Path buildDirectory, Map<String, List<String>> keys) {}
