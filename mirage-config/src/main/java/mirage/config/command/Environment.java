// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.Map;
import mirage.config.configure.ConfigPrograms;
import mirage.tools.BuildCache;

/**
 * What surrounds one run of the command.
 *
 * @param directory the current folder, absolute
 * @param variables environment variables
 * @param terminal where it prints
 * @param cache the user's build cache
 * @param programs compiles config.ml
 */
record Environment(
    Path directory,
    Map<String, String> variables,
    Terminal terminal,
    BuildCache cache,
    ConfigPrograms programs) {}
